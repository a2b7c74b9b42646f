package dev.fireside.posts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.store.Document;
import dev.fireside.social.testing.Crowd;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// People who meet in tests, and what they do through the API.
final class Square extends Crowd {
  Square(FiresideExtension fireside) {
    super(fireside);
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
    return document(postPath(id));
  }

  long total(String postId, String name) {
    return postDocument(postId).fields().map("counts").number(name);
  }

  long postsOf(String uid) {
    return document("users/" + uid).fields().map("counts").number("posts");
  }

  static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
