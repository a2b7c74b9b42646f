package dev.fireside.acceptance.routes;

import dev.fireside.emulator.testing.TestHttp.Caller;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls of the routes of `chat`.
final class ChatCalls {
  private final Cast cast;

  ChatCalls(Cast cast) {
    this.cast = cast;
  }

  private static String group(Caller owner) {
    return "/api/chats/" + Cast.id(owner.post("/api/chats", Map.of("title", "Routes")));
  }

  /// A group of the caller's own.
  private String own(Who who) {
    return group(cast.maker(who));
  }

  /// A group that somebody else has asked the caller to.
  private String asked(Who who) {
    Caller owner = cast.other().caller();
    String group = group(owner);
    if (!who.isAnonymous()) {
      Cast.ok(200, owner.post(group + "/members", Map.of("uids", List.of(who.uid()))));
    }
    return group;
  }

  /// One who has accepted a group of the caller's.
  private String member(Who who, String group) {
    Who guest = cast.like(cast.other());
    Cast.ok(200, cast.maker(who).post(group + "/members", Map.of("uids", List.of(guest.uid()))));
    Cast.ok(204, guest.caller().post(group + "/accept"));
    return group + "/members/" + guest.uid();
  }

  private static Map<String, String> text(String clientId) {
    return Map.of("clientId", clientId, "text", "Hello");
  }

  /// A message of the caller's own.
  private String message(Who who) {
    String messages = own(who) + "/messages";
    Cast.ok(201, cast.maker(who).post(messages, text("first")));
    return messages + "/1";
  }

  Map<String, RouteCall> all() {
    String chats = "/api/chats";
    String one = "/api/chats/{id}";
    var calls = new HashMap<String, RouteCall>();
    calls.put("POST " + chats, who -> who.caller().post(chats, Map.of("title", "Routes")));
    calls.put("GET " + one, who -> who.caller().get(own(who)));
    calls.put("PATCH " + one, who -> who.caller().patch(own(who), Map.of("title", "New")));
    calls.put(
        "POST " + one + "/members",
        who -> who.caller().post(own(who) + "/members", Map.of("uids", List.of("other"))));
    calls.put(
        "PUT " + one + "/members/{uid}",
        who -> who.caller().put(member(who, own(who)), Map.of("role", "admin")));
    calls.put(
        "DELETE " + one + "/members/{uid}", who -> who.caller().delete(member(who, own(who))));
    calls.put("POST " + one + "/accept", who -> who.caller().post(asked(who) + "/accept"));
    calls.put("POST " + one + "/decline", who -> who.caller().post(asked(who) + "/decline"));
    calls.put(
        "PUT " + one + "/read", who -> who.caller().put(own(who) + "/read", Map.of("seq", 0)));
    calls.put("PUT " + one + "/mute", who -> who.caller().put(own(who) + "/mute", Map.of()));
    calls.put("DELETE " + one + "/mute", who -> who.caller().delete(own(who) + "/mute"));
    String messages = one + "/messages";
    calls.put("POST " + messages, who -> who.caller().post(own(who) + "/messages", text("first")));
    calls.put("GET " + messages, who -> who.caller().get(own(who) + "/messages"));
    String message = messages + "/{seq}";
    calls.put("GET " + message, who -> who.caller().get(message(who)));
    calls.put("PATCH " + message, who -> who.caller().patch(message(who), Map.of("text", "Hi")));
    calls.put("DELETE " + message, who -> who.caller().delete(message(who)));
    calls.put(
        "PUT " + message + "/reactions/{kind}",
        who -> who.caller().put(message(who) + "/reactions/like"));
    calls.put(
        "DELETE " + message + "/reactions/{kind}",
        who -> who.caller().delete(message(who) + "/reactions/like"));
    return calls;
  }
}
