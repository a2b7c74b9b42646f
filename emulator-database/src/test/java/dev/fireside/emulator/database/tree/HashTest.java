package dev.fireside.emulator.database.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HashTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  static Stream<String> knownAnswers() throws Exception {
    try (var in = HashTest.class.getResourceAsStream("hashes.tsv")) {
      String text = new String(in.readAllBytes(), UTF_8);
      return Arrays.stream(text.split("\n")).filter(line -> !line.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("knownAnswers")
  void agreesWithTheSdkOnHashesAndJson(String line) throws Exception {
    String[] columns = line.split("\t", -1);
    Node node = new NodeReader(0).read(json(columns[0]), Path.ROOT, Node.empty());

    assertThat(node.hash()).isEqualTo(columns[1]);
    assertThat(read(Json.tree(node, Json.Format.PLAIN))).isEqualTo(read(json(columns[2])));
    assertThat(read(Json.tree(node, Json.Format.EXPORT))).isEqualTo(read(json(columns[3])));
    assertThat(Json.tree(node, Json.Format.PLAIN).isArray()).isEqualTo(columns[2].startsWith("["));
    assertThat(Json.tree(node, Json.Format.EXPORT).isArray()).isFalse();
  }

  private static Node read(JsonNode json) {
    return new NodeReader(0).read(json, Path.ROOT, Node.empty());
  }

  private static JsonNode json(String text) throws Exception {
    return MAPPER.readTree(text);
  }
}
