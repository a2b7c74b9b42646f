package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.limits.Budget;
import dev.fireside.social.domain.ReactionKind;
import java.time.Duration;
import java.util.List;

/// Transport of the routes about messages.
final class MessageRoutes {
  /// Somebody who talks in several chats at once.
  private static final Budget SEND = new Budget("chats-send", 1_500, Duration.ofMinutes(15));

  private final SendMessage sendMessage;
  private final ReadChats readChats;
  private final ReadMessages readMessages;
  private final ChangeMessage changeMessage;
  private final KeepStanding keepStanding;

  MessageRoutes(
      SendMessage sendMessage,
      ReadChats readChats,
      ReadMessages readMessages,
      ChangeMessage changeMessage,
      KeepStanding keepStanding) {
    this.sendMessage = sendMessage;
    this.readChats = readChats;
    this.readMessages = readMessages;
    this.changeMessage = changeMessage;
    this.keepStanding = keepStanding;
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/chats/{id}/messages", Access.USER, SEND, this::send)
        .route("GET", "/api/chats/{id}/messages", Access.USER, this::list)
        .route("GET", "/api/chats/{id}/messages/{seq}", Access.USER, this::read)
        .route("PATCH", "/api/chats/{id}/messages/{seq}", Access.USER, SEND, this::edit)
        .route("DELETE", "/api/chats/{id}/messages/{seq}", Access.USER, this::delete)
        .route(
            "PUT",
            "/api/chats/{id}/messages/{seq}/reactions/{kind}",
            Access.USER,
            SEND,
            request -> react(request, true))
        .route(
            "DELETE",
            "/api/chats/{id}/messages/{seq}/reactions/{kind}",
            Access.USER,
            SEND,
            request -> react(request, false));
  }

  private Response send(Request request) {
    ChatId id = Paths.chat(request);
    MessageView view =
        sendMessage.send(request.caller().uid(), id, request.body(ChatBodies::message));
    return Response.created("/api/chats/" + id + "/messages/" + view.seq(), view);
  }

  private Response list(Request request) {
    ChatId id = Paths.chat(request);
    Uid viewer = request.caller().uid();
    Chat chat = readChats.open(viewer, id);
    return Response.ok(
        request.page(
            "messages of " + id,
            (before, limit) -> readMessages.list(viewer, chat, limit, before)));
  }

  private Response read(Request request) {
    return Response.ok(
        readMessages.read(request.caller().uid(), Paths.chat(request), Paths.seq(request)));
  }

  private Response edit(Request request) {
    return Response.ok(
        changeMessage.edit(
            request.caller().uid(),
            Paths.chat(request),
            Paths.seq(request),
            request.body(ChatBodies::text)));
  }

  private Response delete(Request request) {
    Uid caller = request.caller().uid();
    ChatId id = Paths.chat(request);
    long seq = Paths.seq(request);
    if (request.queryOneOf("for", List.of("everyone", "me")).equals("me")) {
      keepStanding.hide(caller, id, seq);
    } else {
      changeMessage.delete(caller, id, seq);
    }
    return Response.noContent();
  }

  private Response react(Request request, boolean present) {
    ReactionKind kind =
        WireNames.find(ReactionKind.class, request.path("kind"))
            .orElseThrow(() -> ProblemException.notFound("kind of reaction"));
    return Response.ok(
        changeMessage.react(
            request.caller().uid(), Paths.chat(request), Paths.seq(request), kind, present));
  }
}
