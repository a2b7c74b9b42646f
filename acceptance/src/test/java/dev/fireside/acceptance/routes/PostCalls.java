package dev.fireside.acceptance.routes;

import dev.fireside.emulator.testing.TestHttp.Caller;
import java.util.HashMap;
import java.util.Map;

/// Calls of the routes of `posts` and `feed`.
final class PostCalls {
  private final Cast cast;
  private final String post;
  private final String comment;
  private final String hideable;

  PostCalls(Cast cast) {
    this.cast = cast;
    Caller other = cast.other().caller();
    this.post = post(other);
    this.hideable = post(other);
    this.comment = comment(other);
  }

  private static String post(Caller author) {
    return Cast.id(author.post("/api/posts", Map.of("text", "Hello #routes")));
  }

  private String comment(Caller author) {
    return Cast.id(author.post("/api/posts/" + post + "/comments", Map.of("text", "Hm")));
  }

  private String own(Who who) {
    return "/api/posts/" + post(cast.maker(who));
  }

  private String ownComment(Who who) {
    return "/api/comments/" + comment(cast.maker(who));
  }

  Map<String, RouteCall> all() {
    Map<String, String> text = Map.of("text", "Hello again");
    var calls = new HashMap<String, RouteCall>();
    calls.put("POST /api/posts", who -> who.caller().post("/api/posts", text));
    calls.put("GET /api/posts", who -> who.caller().get("/api/posts?author=other"));
    calls.put("GET /api/posts/{id}", who -> who.caller().get("/api/posts/" + post));
    calls.put("PATCH /api/posts/{id}", who -> who.caller().patch(own(who), text));
    calls.put("DELETE /api/posts/{id}", who -> who.caller().delete(own(who)));
    String hidden = "/api/posts/" + hideable + "/hidden";
    calls.put("PUT /api/posts/{id}/hidden", who -> who.caller().put(hidden));
    calls.put("DELETE /api/posts/{id}/hidden", who -> who.caller().delete(hidden));
    String comments = "/api/posts/" + post + "/comments";
    calls.put("POST /api/posts/{id}/comments", who -> who.caller().post(comments, text));
    calls.put("GET /api/posts/{id}/comments", who -> who.caller().get(comments));
    calls.put(
        "POST /api/comments",
        who -> who.caller().post("/api/comments", Map.of("postId", post, "text", "Hm")));
    calls.put("GET /api/comments", who -> who.caller().get("/api/comments?author=me"));
    calls.put("GET /api/comments/{id}", who -> who.caller().get("/api/comments/" + comment));
    calls.put("PATCH /api/comments/{id}", who -> who.caller().patch(ownComment(who), text));
    calls.put("DELETE /api/comments/{id}", who -> who.caller().delete(ownComment(who)));
    calls.put(
        "POST /api/reactions",
        who -> who.caller().post("/api/reactions", Map.of("postId", post, "kind", "like")));
    calls.put(
        "DELETE /api/reactions",
        who -> who.caller().delete("/api/reactions?postId=" + post + "&kind=love"));
    calls.put("GET /api/reactions", who -> who.caller().get("/api/reactions?postId=" + post));
    calls.put("GET /api/hashtags/{tag}", who -> who.caller().get("/api/hashtags/routes"));
    return calls;
  }
}
