package dev.fireside.emulator.database.tree;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeltaTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Node node(String json) throws Exception {
    return new NodeReader(0).read(MAPPER.readTree(json), Path.ROOT, Node.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":1,\"b\":{\"c\":1,\"d\":2}}|{\"a\":1,\"b\":{\"d\":3}}|{\"b\":{\"d\":3,\"c\":null}}",
        "null|{\"a\":[1]}|{\"a\":{\"0\":1}}",
        "{\"a\":1}|null|null",
        "1|{\"a\":1}|{\"a\":1}",
        "{\"a\":{\"b\":1}}|{\"a\":2}|{\"a\":2}",
        "{\"a\":1}|{\"b\":1}|{\"b\":1,\"a\":null}",
      })
  void holdsWhatIsNewAndNullsForWhatIsGone(String before, String after, String delta)
      throws Exception {
    assertThat(Delta.of(node(before), node(after))).hasToString(delta);
  }

  @Test
  void findsEachPlaceOfAPatternOnceWhetherTheWriteIsAboveOrBelow() throws Exception {
    Node before = node("{\"rooms\":{\"a\":{\"m\":{\"1\":{\"t\":\"x\"},\"2\":{\"t\":\"y\"}}}}}");
    RefPattern pattern = RefPattern.parse("/rooms/{room}/m/{id}");

    Write below =
        Write.merge(
            Path.ROOT,
            MAPPER.readTree(
                "{\"rooms/a/m/1/t\":\"z\",\"rooms/a/m/1/u\":1,\"rooms/a/m/2/t\":\"y\",\"other\":1}"),
            before,
            0);
    Write above =
        Write.put(
            Path.parse("rooms"),
            node("{\"a\":{\"m\":{\"2\":{\"t\":\"y\"}}},\"b\":{\"m\":{\"3\":1}}}"));

    assertThat(pattern.changes(below, before, below.apply(before)))
        .extracting(change -> change.path().toString(), RefPattern.Change::parameters)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("/rooms/a/m/1", Map.of("room", "a", "id", "1")));
    assertThat(pattern.changes(above, before, above.apply(before)))
        .extracting(change -> change.path().toString())
        .isEqualTo(List.of("/rooms/a/m/1", "/rooms/b/m/3"));
  }
}
