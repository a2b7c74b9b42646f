package dev.fireside.emulator.database.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeReaderTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NOW = 1_700_000_000_000L;

  private static Node read(String json, Node existing) throws Exception {
    return new NodeReader(NOW).read(MAPPER.readTree(json), Path.ROOT, existing);
  }

  private static String readText(String json) throws Exception {
    return Json.text(read(json, Node.empty()), Json.Format.EXPORT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":null}|null",
        "{\"a\":{\"b\":{}}}|null",
        "[]|null",
        "[null,1]|{\"1\":1}",
        "1.0|1",
        "-0.0|0",
        "1e3|1000",
        "9007199254740993|9007199254740993",
        "{\".value\":null,\".priority\":1}|null",
        "{\".value\":{\".sv\":\"timestamp\"},\".priority\":1}|{\".value\":1700000000000,\".priority\":1}",
        "{\".priority\":1}|null",
      })
  void readsWhatJsonStandsFor(String json, String expected) throws Exception {
    assertThat(readText(json)).isEqualTo(expected);
  }

  @Test
  void resolvesServerValuesAgainstWhatStandsAtTheirPlace() throws Exception {
    Node existing =
        read(
            """
            {"n": 5, "d": 0.5, "s": "x", "deep": {"n": 1}, "max": 9223372036854775807}
            """,
            Node.empty());

    Node read =
        read(
            """
            {"n": +, "d": +, "s": +, "deep": {"n": +}, "new": +, "max": +, "at": {".sv": "timestamp"}}
            """
                .replace("+", "{\".sv\": {\"increment\": 2}}"),
            existing);

    assertThat(Json.text(read, Json.Format.EXPORT))
        .isEqualTo(
            "{\"at\":1700000000000,\"d\":2.5,\"deep\":{\"n\":3},"
                + "\"max\":9.223372036854776E18,\"n\":7,\"new\":2,\"s\":2}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"b.c\":1}}|Invalid data at /a: The key",
        "{\"a/b\":1}|Invalid data at /: The key",
        "{\"a\":{\".sv\":\"now\"}}|Invalid data at /a: A server value",
        "{\".sv\":{\"increment\":\"1\"}}|Invalid data at /: A server value",
        "{\".sv\":{\"increment\":1},\"x\":1}|Invalid data at /: A server value",
        "{\".value\":1,\"x\":1}|Invalid data at /: Beside .value",
        "{\".value\":{\"x\":1}}|Invalid data at /: A string, number",
        "{\"x\":1,\".priority\":true}|Invalid data at /: A priority",
        "{\"x\":1e999}|Invalid data at /x: A number is too large",
        "{\"x\":\"\\ud800\"}|Invalid data at /x: A string is not valid Unicode",
      })
  void refusesWhatIsNotAllowedAndNamesThePlace(String json, String message) {
    assertThatThrownBy(() -> read(json, Node.empty()))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void refusesWhatIsTooDeepOrTooLong() throws Exception {
    String deep = "{\"a\":".repeat(32) + "1" + "}".repeat(32);
    assertThat(read(deep, Node.empty()).isEmpty()).isFalse();
    assertThatThrownBy(() -> read("{\"a\":" + deep + "}", Node.empty()))
        .hasMessageContaining("33 keys deep; at most 32");
    assertThatThrownBy(() ->
            new NodeReader(NOW)
                .read(new TextNode("x".repeat(10 * 1024 * 1024 + 1)), Path.ROOT, Node.empty()))
        .hasMessageContaining("at most 10,485,760");
  }

  @Test
  void writesAnArrayWhereMoreThanHalfOfThePlacesAreTaken() throws Exception {
    assertThat(Json.text(read("{\"0\":1,\"2\":3}", Node.empty()), Json.Format.PLAIN))
        .isEqualTo("[1,null,3]");
    assertThat(Json.text(read("{\"3\":1,\"2\":3}", Node.empty()), Json.Format.PLAIN))
        .isEqualTo("[null,null,3,1]");
    for (String object : new String[] {"{\"2\":1}", "{\"0\":1,\"01\":1}", "{\"0\":1,\"a\":1}"}) {
      assertThat(Json.text(read(object, Node.empty()), Json.Format.PLAIN)).isEqualTo(object);
    }
  }

  @Test
  void sharesWhatDidNotChange() throws Exception {
    Node root = read("{\"a\":{\"x\":1},\"b\":{\"y\":2}}", Node.empty());

    Node changed = root.with(Path.parse("a/x"), Leaf.of(2));

    assertThat(changed.child("b")).isSameAs(root.child("b"));
    assertThat(Map.of("before", root.at(Path.parse("a/x")), "after", changed.at(Path.parse("a/x"))))
        .isEqualTo(Map.of("before", Leaf.of(1), "after", Leaf.of(2)));
  }
}
