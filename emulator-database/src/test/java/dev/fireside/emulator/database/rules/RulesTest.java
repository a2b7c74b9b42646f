package dev.fireside.emulator.database.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.NodeReader;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.QueryReader;
import dev.fireside.emulator.database.tree.Write;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Rules RULES =
      Rules.parse(
          """
          {
            // Comments of both kinds may stand
            /* anywhere. */
            "rules": {
              ".read": "auth.token.admin == true",
              "rooms": {
                "$room": {
                  ".read": "
                    root.child('members').child($room).hasChild(auth.uid)
                  ",
                  ".validate": "newData.hasChild('name')",
                  "name": { ".write": true, ".validate": "newData.isString()" },
                  "messages": {
                    ".indexOn": ["at", "by/name"],
                    "$message": {
                      ".write": "!data.exists() && newData.child('by').val() == auth.uid",
                      ".validate": "newData.hasChildren(['by', 'at'])",
                      "at": { ".validate": "newData.val() <= now" },
                      "by": { ".validate": "$message != $room" },
                      "$other": { ".validate": false }
                    }
                  }
                }
              },
              "members": { "$room": { "$uid": { ".write": "$uid == auth.uid" } } },
              "scores": { ".indexOn": ".value", "ann": { ".write": true }, "$uid": { ".write": false } }
            }
          }
          """);
  private static final String DATA =
      """
      {"rooms": {"r": {"name": "R", "messages": {"m": {"by": "ann", "at": 1}}}},
       "members": {"r": {"ann": true}}}
      """;

  private static JsonNode json(String text) throws Exception {
    return MAPPER.readTree(text);
  }

  private static Node data() throws Exception {
    return new NodeReader(0).read(json(DATA), Path.ROOT, Node.empty());
  }

  private static @Nullable JsonNode auth(@Nullable String uid) {
    return uid == null ? null : MAPPER.createObjectNode().put("uid", uid);
  }

  private static Decision read(String path, @Nullable String uid) throws Exception {
    return RULES.read(Path.parse(path), Query.ALL, auth(uid), data(), 100);
  }

  private static Decision write(@Nullable String uid, String merge) throws Exception {
    Node before = data();
    Write write = Write.merge(Path.ROOT, json(merge), before, 100);
    return RULES.write(write, auth(uid), before, write.apply(before), 100);
  }

  @Test
  void letARuleAboveAllowWhatIsBelow() throws Exception {
    assertThat(read("rooms/r/messages/m/by", "ann").allowed()).isTrue();
    assertThat(read("rooms/r", "eve").allowed()).isFalse();
    assertThat(read("rooms", "ann").allowed()).isFalse();
    assertThat(read("elsewhere", "ann").allowed()).isFalse();
    assertThat(RULES.read(Path.ROOT, Query.ALL, json("{\"token\":{\"admin\":true}}"), data(), 1))
        .isEqualTo(new Decision(true, "/.read (line 5) is true", java.util.Set.of()));
  }

  @Test
  void sayWhichRuleDecided() throws Exception {
    assertThat(read("rooms/r/name", "ann").reason())
        .isEqualTo("/rooms/$room/.read (line 8) is true");
    assertThat(read("rooms/r", "eve").reason())
        .isEqualTo("/.read (line 5) is false; /rooms/$room/.read (line 8) is false");
    assertThat(read("rooms/r", null).reason())
        .endsWith(
            "/rooms/$room/.read (line 8) failed: Wrong type: a string was expected, not null");
    assertThat(write("ann", "{\"elsewhere\": 1}").reason())
        .isEqualTo("no .write rule for /elsewhere");
    assertThat(write("ann", "{\"rooms/r/name\": 1}").reason())
        .isEqualTo("/rooms/$room/name/.validate (line 12) is false");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann|{\"rooms/r/messages/n\": {\"by\": \"ann\", \"at\": 100}}|true",
        "eve|{\"rooms/r/messages/n\": {\"by\": \"ann\", \"at\": 100}}|false",
        "ann|{\"rooms/r/messages/m\": {\"by\": \"ann\", \"at\": 100}}|false",
        "ann|{\"rooms/r/messages/n\": {\"by\": \"ann\"}}|false",
        "ann|{\"rooms/r/messages/n\": {\"by\": \"ann\", \"at\": 101}}|false",
        "ann|{\"rooms/r/messages/n\": {\"by\": \"ann\", \"at\": {\".sv\": \"timestamp\"}}}|true",
        "ann|{\"rooms/r/messages/n\": {\"by\": \"ann\", \"at\": 1, \"more\": 1}}|false",
        "ann|{\"rooms/r/messages/r\": {\"by\": \"ann\", \"at\": 1}}|false",
        "ann|{\"rooms/new/messages/n\": {\"by\": \"ann\", \"at\": 1}}|false",
        "ann|{\"rooms/new/messages/n\": {\"by\": \"ann\", \"at\": 1}, \"rooms/new/name\":"
            + " \"N\"}|true",
        "ann|{\"rooms/r/messages/n\": {\"by\": \"ann\", \"at\": 1}, \"members/r/eve\": true}|false",
        "ann|{\"rooms/r/name\": null}|false",
        "ann|{\"rooms/other/name\": null}|true",
        "ann|{\"members/r/ann\": null}|true",
        "ann|{\"rooms\": null}|false",
        "ann|{\"scores/ann\": 1}|true",
        "ann|{\"scores/eve\": 1}|false",
        "ann|{\"rooms/r/name/.priority\": 1}|true",
        "ann|{\"rooms/r/messages/m/.priority\": 1}|false",
      })
  void allowAWriteOfWhichEachPartIsAllowedAndValid(String uid, String merge, boolean allowed)
      throws Exception {
    assertThat(write(uid, merge).allowed()).isEqualTo(allowed);
  }

  @Test
  void knowWhatADecisionDependsOn() throws Exception {
    Decision decision = read("rooms/r", "ann");

    assertThat(decision.reads()).containsExactly(Path.parse("members/r/ann"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "rooms/r/messages|at|",
        "rooms/r/messages|by/name|",
        "rooms/r/messages|$key|",
        "rooms/r/messages|$priority|",
        "scores|$value|",
        "scores|n|Index not defined, add \".indexOn\": \"n\", for path \"/scores\", to the rules",
        "rooms/r/messages|$value|Index not defined, add \".indexOn\": \".value\", for path"
            + " \"/rooms/r/messages\", to the rules",
        "elsewhere|n|Index not defined, add \".indexOn\": \"n\", for path \"/elsewhere\", to the"
            + " rules",
      })
  void knowWhichQueriesHaveAnIndex(String path, String order, @Nullable String missing) {
    Query query = QueryReader.parameters(Map.of("orderBy", "\"%s\"".formatted(order)));

    assertThat(RULES.missingIndex(Path.parse(path), query).orElse(null)).isEqualTo(missing);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|Line 1, column 1: The file must be an object",
        "{\"a\": 1}|Line 1, column 2: The file must be an object with one name, \"rules\"",
        "{\"rules\": {}, \"a\": 1}|Line 1, column 15: Beside \"rules\" nothing may stand",
        "{\"rules\": {\".reed\": true}}|Line 1, column 12: \".reed\" is no rule: there are .read,"
            + " .write, .validate and .indexOn",
        "{\"rules\": {\".read\": 1}}|Line 1, column 21: .read must be a string or a boolean",
        "{\"rules\": {\"a\": true}}|Line 1, column 17: The rules of \"/a\" must be an object",
        "{\"rules\": {\"a.b\": {}}}|Line 1, column 12: The key \"a.b\" must not contain . $ # [ ] /"
            + " or control characters",
        "{\"rules\": {\"$a\": {}, \"$b\": {}}}|Line 1, column 22: \"$b\" stands beside \"$a\"; one"
            + " place has one wildcard",
        "{\"rules\": {\"$a\": {\"$a\": {}}}}|Line 1, column 19: \"$a\" is a wildcard above already",
        "{\"rules\": {\"$a-b\": {}}}|Line 1, column 12: \"$a-b\" is no name of a wildcard",
        "{\"rules\": {\".indexOn\": [1]}}|Line 1, column 25: .indexOn must be a string or an array"
            + " of strings",
        "{\"rules\": {\"a\": {\".read\": \"'\\\\n' == nix\"}}}|Line 1, column 37: /a/.read: Unknown"
            + " variable \"nix\"",
      })
  void nameTheLineAndColumnOfAMistake(String text, String message) {
    assertThatThrownBy(() -> Rules.parse(text))
        .isInstanceOf(RulesException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"rules\": {}",
        "{\"rules\": {\"a\": {}, \"a\": {}}}",
        "{\"rules\": {},}",
        "x"
      })
  void refuseWhatIsNoJson(String text) {
    assertThatThrownBy(() -> Rules.parse(text)).isInstanceOf(RulesException.class);
  }
}
