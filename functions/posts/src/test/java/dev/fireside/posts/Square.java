package dev.fireside.posts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// People who meet in tests: written as documents, as the module that owns them would.
final class Square {
  private final FiresideExtension fireside;

  Square(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  /// People with profiles, with their uid as handle.
  void settlePeople(String... uids) {
    documents()
        .batch(batch -> {
          for (String uid : uids) {
            batch.set("users/" + uid, profile(uid));
            batch.set("handles/" + uid, Map.of("uid", uid));
          }
        });
  }

  private static Map<String, Object> profile(String uid) {
    var fields = new HashMap<String, Object>();
    fields.put("handle", uid);
    fields.put("displayName", uid);
    fields.put("status", "active");
    fields.put("counts", Map.of("followers", 0L, "following", 0L, "posts", 0L));
    fields.put("createdAt", Instant.parse("2026-01-01T00:00:00Z"));
    return fields;
  }

  void follow(String follower, String followee) {
    documents()
        .set(
            "follows/" + follower + ":" + followee,
            Map.of("id", newId(), "follower", follower, "followee", followee));
  }

  void block(String blocker, String blocked) {
    documents()
        .set(
            "blocks/" + blocker + ":" + blocked,
            Map.of("id", newId(), "blocker", blocker, "blocked", blocked));
  }

  String newId() {
    return fireside.platform().ids().next();
  }

  Caller as(String uid, Role... roles) {
    return fireside.http().as(uid, roles);
  }

  /// Posts and answers with the id.
  String post(String author, String text) {
    return id(as(author).post("/api/posts", Map.of("text", text)), 201);
  }

  String post(String author, Map<String, ?> body) {
    return id(as(author).post("/api/posts", body), 201);
  }

  String comment(String author, String postId, String text) {
    return id(as(author).post("/api/posts/" + postId + "/comments", Map.of("text", text)), 201);
  }

  String answer(String author, String postId, String parent, String text) {
    return id(
        as(author).post("/api/comments", Map.of("postId", postId, "text", text, "parent", parent)),
        201);
  }

  Reply react(String uid, String postId, String kind) {
    return as(uid).post("/api/reactions", Map.of("postId", postId, "kind", kind));
  }

  Reply unreact(String uid, String postId, String kind) {
    return as(uid).delete("/api/reactions?postId=" + postId + "&kind=" + kind);
  }

  static String id(Reply reply, int status) {
    if (reply.status() != status) {
      throw new AssertionError(reply.toString());
    }
    return reply.body().path("id").asText();
  }

  /// Writes an active public post as its document, so that its id can be chosen.
  void write(String id, String author) {
    var fields = new HashMap<String, Object>();
    fields.put("id", id);
    fields.put("author", author);
    fields.put("kind", "original");
    fields.put("text", "Post " + id);
    fields.put("visibility", "public");
    fields.put("status", "active");
    fields.put("createdAt", Ids.instantOf(id));
    documents().set(postPath(id), fields);
  }

  static String postPath(String id) {
    return "posts/" + Ids.documentName(id);
  }

  static String reactionPath(String postId, String uid) {
    return "reactions/" + Ids.documentName(postId) + ":" + uid;
  }

  static String commentPath(String postId, String id) {
    return postPath(postId) + "/comments/" + Ids.documentName(id);
  }

  Document postDocument(String id) {
    return documents().get(postPath(id)).orElseThrow();
  }

  long total(String postId, String name) {
    return postDocument(postId).fields().map("counts").number(name);
  }

  long postsOf(String uid) {
    return documents().get("users/" + uid).orElseThrow().fields().map("counts").number("posts");
  }

  boolean exists(String path) {
    return documents().get(path).isPresent();
  }

  Documents documents() {
    return fireside.platform().documents();
  }

  static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
