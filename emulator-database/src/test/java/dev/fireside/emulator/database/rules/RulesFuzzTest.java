package dev.fireside.emulator.database.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.NodeReader;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RulesFuzzTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] VALUES = {
    "auth",
    "auth.uid",
    "auth.token",
    "auth.token.n",
    "auth.nothing",
    "now",
    "$a",
    "null",
    "true",
    "1",
    "0",
    "'s'",
    "''",
    "data.val()",
    "root.val()",
    "data.child('n').val()",
    "query.limitToLast",
    "data.getPriority()",
  };
  private static final String[] OPERATORS = {
    "==", "!=", "===", "!==", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "&&", "||"
  };
  private static final String[] METHODS = {
    "length",
    "contains(%s)",
    "beginsWith(%s)",
    "endsWith(%s)",
    "replace(%s, %s)",
    "toLowerCase()",
    "matches(/^[a-z]+$/)",
    "val()",
    "child(%s)",
    "parent()",
    "exists()",
    "hasChildren([%s])",
    "isString()",
    "uid",
  };
  private static final String[] JUNK = {
    "(", ")", "[", "]", "/", "'", "\\", ".", "!", "?", ":", ",", "&&", "auth", "1e", "$", "ü",
    "\u0000", "/a{", "newData"
  };

  @Test
  void neverThrowsOutOfAnExpression() throws Exception {
    JsonNode auth = MAPPER.readTree("{\"uid\":\"a\",\"token\":{\"n\":1,\"l\":[1],\"o\":{}}}");
    Node root =
        new NodeReader(0)
            .read(
                MAPPER.readTree("{\"a\":{\"n\":1,\"s\":\"x\"},\"b\":true}"),
                Path.ROOT,
                Node.empty());
    int parsed = 0;
    for (int seed = 0; seed < 60_000; seed++) {
      Random random = new Random(seed);
      String expression = seed % 4 == 0 ? junk(random) : bool(random, 3);
      String text =
          MAPPER
              .createObjectNode()
              .set(
                  "rules",
                  MAPPER
                      .createObjectNode()
                      .set("$a", MAPPER.createObjectNode().put(".read", expression)))
              .toString();
      Rules rules;
      try {
        rules = Rules.parse(text);
      } catch (RulesException e) {
        continue;
      }
      parsed++;
      for (JsonNode who : new JsonNode[] {null, auth}) {
        assertThat(rules.read(Path.parse("a"), Query.ALL, who, root, 1).reason()).isNotEmpty();
      }
    }
    assertThat(parsed).isGreaterThan(1_500);
  }

  private static String bool(Random random, int depth) {
    String left = value(random, depth);
    return switch (random.nextInt(6)) {
      case 0 -> "!(%s)".formatted(bool(random, Math.max(0, depth - 1)));
      case 1 ->
          depth == 0
              ? "true"
              : "(%s) %s (%s)"
                  .formatted(
                      bool(random, depth - 1),
                      random.nextBoolean() ? "&&" : "||",
                      bool(random, depth - 1));
      case 2 -> "(%s) ? (%s) : (%s)".formatted(left + " == null", "true", "false");
      default -> "(%s) %s (%s)".formatted(left, pick(random, OPERATORS), value(random, depth));
    };
  }

  private static String value(Random random, int depth) {
    if (depth == 0) {
      return pick(random, VALUES);
    }
    String inner = value(random, depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> "(%s) %s (%s)".formatted(inner, pick(random, OPERATORS), value(random, depth - 1));
      case 1 -> "(%s).%s".formatted(inner, pick(random, METHODS).replace("%s", value(random, 0)));
      case 2 -> "(%s)[%s]".formatted(inner, value(random, 0));
      default -> inner;
    };
  }

  private static String junk(Random random) {
    StringBuilder junk = new StringBuilder();
    for (int i = random.nextInt(12); i >= 0; i--) {
      junk.append(random.nextBoolean() ? pick(random, JUNK) : pick(random, VALUES)).append(' ');
    }
    return junk.toString();
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  @Test
  void boundsTheDepthAndLengthOfExpressions() throws Exception {
    for (String expression :
        new String[] {
          "(".repeat(30_000),
          "!".repeat(30_000) + "true",
          "true" + " && true".repeat(6_000),
          "'" + "x".repeat(70_000) + "' == ''",
          "data" + ".parent()".repeat(5_000) + ".exists()",
          "true" + " ? true : true".repeat(4_000),
          "auth.uid.matches(/" + "(".repeat(1_000) + "a" + ")".repeat(1_000) + "/)",
          "auth.uid.matches(/((a{1000}){1000}){1000}/)",
        }) {
      String text = "{\"rules\": {\".read\": %s}}".formatted(MAPPER.writeValueAsString(expression));
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Rules.parse(text)))
          .isInstanceOf(RulesException.class);
    }
  }

  @Test
  void readsTheRulesOfTheProject() throws Exception {
    java.nio.file.Path file = java.nio.file.Path.of("..", "database.rules.json");

    assertThat(Rules.parse(Files.readString(file))).isNotNull();
  }
}
