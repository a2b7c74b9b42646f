package dev.fireside.emulator.database.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class WriteTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Node node(String json) throws Exception {
    return new NodeReader(0).read(MAPPER.readTree(json), Path.ROOT, Node.empty());
  }

  private static String merged(String root, String json) throws Exception {
    Node before = node(root);
    return Write.merge(Path.ROOT, MAPPER.readTree(json), before, 0).apply(before).toString();
  }

  @Test
  void mergesDeepPathsAtOnce() throws Exception {
    assertThat(
            merged("{\"a\":{\"b\":1,\"c\":2},\"d\":3}", "{\"a/b\":null,\"a/e\":{\"f\":4},\"d\":5}"))
        .isEqualTo("{\"a\":{\"c\":2,\"e\":{\"f\":4}},\"d\":5}");
  }

  @Test
  void putsAPriorityAfterTheDataThatItBelongsTo() throws Exception {
    assertThat(merged("{\"z\":1}", "{\"a/.priority\":7,\"a/b\":1}"))
        .isEqualTo("{\"a\":{\"b\":1,\".priority\":7},\"z\":1}");
    assertThat(merged("{\"z\":1}", "{\"a/.priority\":7}")).isEqualTo("{\"z\":1}");
  }

  @Test
  void turnsALeafIntoABranchAndBack() throws Exception {
    assertThat(merged("{\"a\":{\".value\":1,\".priority\":2}}", "{\"a/b\":3}"))
        .isEqualTo("{\"a\":{\"b\":3,\".priority\":2}}");
    assertThat(merged("{\"a\":1,\"z\":1}", "{\"a/b/c\":null}")).isEqualTo("{\"a\":1,\"z\":1}");
    assertThat(merged("{\"a\":{\"b\":1},\"z\":1}", "{\"a/b\":null}")).isEqualTo("{\"z\":1}");
  }

  @Test
  void refusesPathsOfWhichOneIsBelowAnother() {
    assertThatThrownBy(() -> merged("{\"z\":1}", "{\"a\":1,\"a/b/c\":2}"))
        .isInstanceOf(InvalidDataException.class)
        .hasMessage("The path /a/b/c is below /a, which is written too");
    assertThatThrownBy(() -> merged("{\"z\":1}", "{\"a/b\":1,\"/a/b/\":2}"))
        .hasMessage("The path /a/b is written twice");
  }

  @Test
  void namesAMergeRelativeToItsBase() throws Exception {
    Write write =
        Write.merge(Path.parse("r"), MAPPER.readTree("{\"a/b\":1,\"c\":null}"), Node.empty(), 0);

    assertThat(write.mergeAt(Path.parse("r"))).hasToString("{\"a/b\":1,\"c\":null}");
  }
}
