package dev.fireside.emulator.database.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.NodeReader;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.QueryReader;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/// The language, by a table of expressions and what they come to.
class ExpressionTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NOW = 1_700_000_000_000L;
  private static final String AUTH =
      """
      {"uid": "ann", "provider": "password",
       "token": {"email": "ann@example.com", "admin": true, "level": 3, "tags": ["a", "b"],
                 "firebase": {"sign_in_provider": "password"}}}
      """;
  private static final String DATA =
      """
      {"posts": {"p": {"title": "Bees", "owner": "ann", "stars": 4, "open": false, ".priority": 7}},
       "members": {"ann": true, "mail@example.com": 0}, "name": "Fireside", "one": 1, "empty": ""}
      """
          .replace("mail@example.com", "mail");

  private static Decision evaluate(String expression, boolean signedIn, Map<String, String> query)
      throws Exception {
    var rules = JsonNodeFactory.instance.objectNode();
    rules.putObject("rules").putObject("posts").putObject("$post").put(".read", expression);
    Node root = new NodeReader(0).read(MAPPER.readTree(DATA), Path.ROOT, Node.empty());
    return Rules.parse(rules.toString())
        .read(
            Path.parse("posts/p"),
            QueryReader.parameters(query),
            signedIn ? MAPPER.readTree(AUTH) : null,
            root,
            NOW);
  }

  /// The table's columns: the expression; `true`, `false` or `fails` for Ann, who is signed in; the
  /// same for nobody.
  @ParameterizedTest
  @CsvFileSource(resources = "expressions.txt", delimiter = '|', quoteCharacter = '`')
  void comesToWhatTheTableSays(String expression, String ann, String nobody) throws Exception {
    assertThat(outcome(evaluate(expression, true, Map.of()))).isEqualTo(ann);
    assertThat(outcome(evaluate(expression, false, Map.of()))).isEqualTo(nobody);
  }

  private static String outcome(Decision decision) {
    return decision.allowed()
        ? "true"
        : decision.reason().contains(" failed: ") ? "fails" : "false";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|query.orderByKey && !query.orderByValue && !query.orderByPriority",
        "|query.orderByChild == null && query.startAt == null && query.limitToLast == null",
        "orderBy=\"a/b\"|query.orderByChild == 'a/b' && !query.orderByKey",
        "orderBy=\"$value\"&startAt=2|query.orderByValue && query.startAt == 2 && query.endAt =="
            + " null",
        "orderBy=\"owner\"&equalTo=\"ann\"|query.orderByChild == 'owner' && query.equalTo =="
            + " auth.uid",
        "orderBy=\"$key\"&equalTo=\"x\"|query.orderByKey && query.equalTo == 'x'",
        "orderBy=\"$key\"&limitToLast=10|query.limitToLast <= 10 && query.limitToFirst == null",
        "orderBy=\"$priority\"&limitToFirst=10|query.limitToFirst == 10 && query.orderByPriority",
      })
  void sees(String parameters, String expression) throws Exception {
    Map<String, String> query = new HashMap<>();
    for (String pair : parameters == null ? new String[0] : parameters.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], parts[1]);
    }
    assertThat(evaluate(expression, true, query).allowed()).isTrue();
  }

  @ParameterizedTest
  @CsvFileSource(resources = "mistakes.txt", delimiter = '|', quoteCharacter = '`')
  void isRefusedWithTheColumnAndAReason(String expression, int column, String message) {
    String text = "{\"rules\": {\"a\": {\"$b\": {\n\".read\": \"%s\"}}}}".formatted(expression);

    assertThatThrownBy(() -> Rules.parse(text))
        .isInstanceOf(RulesException.class)
        .hasMessage("Line 2, column %d: /a/$b/.read: %s", column + 11, message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "auth.uid.replace('a', root.child('name').val()).length > 0|true",
        "'aaaa'.replace('', 'b') == 'babababab'|true",
        "('a' + 0.1 + 1e21 + 5) == 'a0.11.0E215'|true",
      })
  void makesStringsOfBoundedLength(String expression, boolean allowed) throws Exception {
    assertThat(evaluate(expression, true, Map.of()).allowed()).isEqualTo(allowed);
    String grown = "'x'" + ".replace('x', 'xxxxxxxxxx')".repeat(10) + " == ''";
    assertThat(evaluate(grown, true, Map.of()).reason()).contains("A string became longer");
  }
}
