package dev.fireside.acceptance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.database.rules.Rules;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.NodeReader;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.Write;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `database.rules.json`, allow and deny for every place.
class DatabaseRulesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final long NOW = 1_700_000_000_000L;
  private static final String DATA =
      """
      {
        "status": {"ann": {"c1": {"state": "online", "at": 1}}},
        "presence": {"ann": {"state": "online"}},
        "watchers": {"ann": {"bob": 1700000000001, "cid": 1700000000000}},
        "chats": {
          "c": {"members": {"ann": "owner", "bob": "member", "cid": "asked"}},
          "big": {"large": true, "members": {"ann": "owner"}}
        },
        "typing": {"c": {"ann": 1, "eve": 1}},
        "leaderboards": {"b": {"daily": {"version": 1}}}
      }
      """;

  private static Rules rules() throws Exception {
    return Rules.parse(Files.readString(java.nio.file.Path.of("..", "database.rules.json")));
  }

  private static Node data() throws Exception {
    return new NodeReader(NOW).read(MAPPER.readTree(DATA), Path.ROOT, Node.empty());
  }

  private static JsonNode auth(String uid) {
    return uid.equals("nobody") ? null : MAPPER.createObjectNode().put("uid", uid);
  }

  @ParameterizedTest
  @CsvSource({
    "status/ann, ann, true",
    "status/ann/c1, ann, true",
    "status/ann, bob, false",
    "status, ann, false",
    "typing/c, ann, true",
    "typing/c, cid, true",
    "typing/c, eve, false",
    "typing/other, ann, false",
    "typing/big, ann, false",
    "presence/ann, ann, true",
    "presence/ann, bob, true",
    "presence/ann/state, bob, true",
    "presence/ann, cid, false",
    "presence/ann, eve, false",
    "presence/ann, nobody, false",
    "presence, ann, false",
    "watchers/ann, ann, false",
    "watchers/ann/bob, bob, false",
    "typing, ann, false",
    "leaderboards/b/daily, nobody, true",
    "status/ann, nobody, false",
    "typing/c, nobody, false",
    "elsewhere, ann, false",
    "/, ann, false",
  })
  void allowAndDenyReads(String path, String uid, boolean allowed) throws Exception {
    assertThat(rules().read(Path.parse(path), Query.ALL, auth(uid), data(), NOW).allowed())
        .isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ann|{'status/ann/c2': {'state': 'online', 'at': {'.sv': 'timestamp'}}}|true",
        "ann|{'status/ann/c2': {'state': 'away', 'at': {'.sv': 'timestamp'}}}|true",
        "ann|{'status/ann/c1': null}|true",
        "ann|{'status/ann/c2': {'state': 'online', 'at': 1}}|false",
        "ann|{'status/ann/c2': {'state': 'offline', 'at': {'.sv': 'timestamp'}}}|false",
        "ann|{'status/ann/c2': {'state': 'online'}}|false",
        "ann|{'status/ann/c2': {'state': 'online', 'at': {'.sv': 'timestamp'}, 'x': 1}}|false",
        "ann|{'status/ann/c d': {'state': 'online', 'at': {'.sv': 'timestamp'}}}|false",
        "ann|{'status/ann/c2': true}|false",
        "ann|{'status/ann': null}|false",
        "bob|{'status/ann/c2': {'state': 'online', 'at': {'.sv': 'timestamp'}}}|false",
        "bob|{'status/ann/c1': null}|false",
        "nobody|{'status/ann/c1': null}|false",
        "bob|{'typing/c/bob': {'.sv': 'timestamp'}}|true",
        "bob|{'typing/c/bob': 1}|false",
        "bob|{'typing/c/bob': 'now'}|false",
        "bob|{'typing/c/ann': {'.sv': 'timestamp'}}|false",
        "cid|{'typing/c/cid': {'.sv': 'timestamp'}}|false",
        "eve|{'typing/c/eve': {'.sv': 'timestamp'}}|false",
        "eve|{'typing/c/eve': null}|true",
        "ann|{'typing/big/ann': {'.sv': 'timestamp'}}|false",
        "ann|{'typing/c': null}|false",
        "ann|{'presence/ann/state': 'online'}|false",
        "ann|{'watchers/ann/eve': 1700000000002}|false",
        "nobody|{'typing/c/ann': null}|false",
        "ann|{'chats/c/members/eve': 'member'}|false",
        "ann|{'leaderboards/b/daily/version': 2}|false",
        "ann|{'elsewhere': 1}|false",
      })
  void allowAndDenyWrites(String uid, String merge, boolean allowed) throws Exception {
    Node before = data();
    JsonNode json = MAPPER.readTree(merge.replace('\'', '"'));
    Write write = Write.merge(Path.ROOT, json, before, NOW);

    assertThat(rules().write(write, auth(uid), before, write.apply(before), NOW).allowed())
        .isEqualTo(allowed);
  }
}
