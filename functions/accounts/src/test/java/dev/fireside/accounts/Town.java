package dev.fireside.accounts;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.store.RelationReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// People for tests: some move in through the API, some are written as documents.
final class Town {
  private final FiresideExtension fireside;

  Town(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  /// People who have profiles already, with their uid as handle.
  void settlePeople(String... uids) {
    documents()
        .batch(batch -> {
          for (String uid : uids) {
            batch.set("users/" + uid, profile(uid));
            batch.set("handles/" + uid, Map.of("uid", uid));
          }
        });
  }

  static Map<String, Object> profile(String uid) {
    var fields = new HashMap<String, Object>();
    fields.put("handle", uid);
    fields.put("displayName", uid);
    fields.put("status", "active");
    fields.put("counts", Map.of("followers", 0L, "following", 0L, "posts", 0L));
    fields.put("createdAt", Instant.parse("2026-01-01T00:00:00Z"));
    return fields;
  }

  Caller as(String uid, Role... roles) {
    return fireside.http().as(uid, roles);
  }

  /// Writes a follow, block or mute as its document.
  void link(String collection, String from, String to) {
    documents().set(collection + "/" + from + ":" + to, fields(collection, from, to));
  }

  /// Many at once; ids grow with the order of the list.
  void linkAll(String collection, List<List<String>> pairs) {
    for (int start = 0; start < pairs.size(); start += Documents.BATCH_MAX) {
      var part = pairs.subList(start, Math.min(pairs.size(), start + Documents.BATCH_MAX));
      documents()
          .batch(batch ->
              part.forEach(pair ->
                  batch.set(
                      collection + "/" + pair.get(0) + ":" + pair.get(1),
                      fields(collection, pair.get(0), pair.get(1)))));
    }
  }

  private Map<String, Object> fields(String collection, String from, String to) {
    String self =
        switch (collection) {
          case "follows" -> "follower";
          case "blocks" -> "blocker";
          default -> "muter";
        };
    String other =
        switch (collection) {
          case "follows" -> "followee";
          case "blocks" -> "blocked";
          default -> "muted";
        };
    return Map.of(
        "id", fireside.platform().ids().next(), self, from, other, to, "createdAt", Instant.now());
  }

  boolean exists(String path) {
    return documents().get(path).isPresent();
  }

  Document document(String path) {
    return documents().get(path).orElseThrow();
  }

  long count(String uid, String name) {
    return document("users/" + uid).fields().map("counts").number(name);
  }

  Documents documents() {
    return fireside.platform().documents();
  }

  /// How people stand to each other, by Redis.
  RelationReader relations() {
    return new RelationReader(fireside.platform());
  }

  boolean follows(String from, String to) {
    return relations().get(new Uid(from), new Uid(to)).follows();
  }

  boolean blocked(String from, String to) {
    return relations().get(new Uid(from), new Uid(to)).blocked();
  }
}
