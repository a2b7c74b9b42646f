package dev.fireside.chat;

import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Transport of the routes about chats and who is in them.
final class ChatRoutes {
  /// New chats reach people who have not asked for them.
  private static final Budget OPEN = new Budget("chats-open", 100, Duration.ofHours(1));

  private final OpenChat openChat;
  private final ReadChats readChats;
  private final LeadGroup leadGroup;
  private final AnswerRequest answerRequest;
  private final KeepStanding keepStanding;

  ChatRoutes(
      OpenChat openChat,
      ReadChats readChats,
      LeadGroup leadGroup,
      AnswerRequest answerRequest,
      KeepStanding keepStanding) {
    this.openChat = openChat;
    this.readChats = readChats;
    this.leadGroup = leadGroup;
    this.answerRequest = answerRequest;
    this.keepStanding = keepStanding;
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/chats", Access.USER, OPEN, this::open)
        .route("GET", "/api/chats", Access.USER, this::list)
        .route("GET", "/api/chats/{id}", Access.USER, this::read)
        .route("PATCH", "/api/chats/{id}", Access.USER, this::edit)
        .route("POST", "/api/chats/{id}/members", Access.USER, OPEN, this::invite)
        .route("PUT", "/api/chats/{id}/members/{uid}", Access.USER, this::setRole)
        .route("DELETE", "/api/chats/{id}/members/{uid}", Access.USER, this::remove)
        .route("POST", "/api/chats/{id}/accept", Access.USER, request -> answer(request, true))
        .route("POST", "/api/chats/{id}/decline", Access.USER, request -> answer(request, false))
        .route("PUT", "/api/chats/{id}/read", Access.USER, this::markRead)
        .route("PUT", "/api/chats/{id}/mute", Access.USER, this::mute)
        .route("DELETE", "/api/chats/{id}/mute", Access.USER, this::unmute);
  }

  private Response open(Request request) {
    Uid caller = request.caller().uid();
    ChatBodies.Opening wanted = request.body(ChatBodies::opening);
    OpenChat.Outcome outcome =
        wanted.with() != null
            ? openChat.direct(caller, wanted.with())
            : openChat.group(caller, request.newId(), wanted.title(), wanted.members());
    ChatView view = readChats.view(caller, outcome.chat());
    return outcome.isNew() ? Response.created("/api/chats/" + view.id(), view) : Response.ok(view);
  }

  private Response list(Request request) {
    ChatStore.Box box = request.queryOneOf("box", ChatStore.Box.INBOX);
    return Response.ok(
        request.page(
            "chats " + box.name(),
            (after, limit) -> readChats.list(request.caller().uid(), box, limit, after)));
  }

  private Response read(Request request) {
    return Response.ok(readChats.read(request.caller().uid(), Paths.chat(request)));
  }

  private Response edit(Request request) {
    ChatId id = Paths.chat(request);
    Uid caller = request.caller().uid();
    return Response.ok(
        readChats.view(caller, leadGroup.edit(caller, id, request.body(ChatBodies::edit))));
  }

  private Response invite(Request request) {
    ChatId id = Paths.chat(request);
    Uid caller = request.caller().uid();
    return Response.ok(
        readChats.view(caller, leadGroup.invite(caller, id, request.body(ChatBodies::invited))));
  }

  private Response setRole(Request request) {
    ChatId id = Paths.chat(request);
    Uid caller = request.caller().uid();
    return Response.ok(
        readChats.view(
            caller,
            leadGroup.setRole(caller, id, member(request), request.body(ChatBodies::role))));
  }

  private Response remove(Request request) {
    leadGroup.remove(request.caller().uid(), Paths.chat(request), member(request));
    return Response.noContent();
  }

  private static Uid member(Request request) {
    return request.path("uid").equals("me") ? request.caller().uid() : request.uid("uid");
  }

  private Response answer(Request request, boolean accepted) {
    answerRequest.answer(request.caller().uid(), Paths.chat(request), accepted);
    return Response.noContent();
  }

  private Response markRead(Request request) {
    return Response.ok(
        keepStanding.read(
            request.caller().uid(), Paths.chat(request), request.body(ChatBodies::seq)));
  }

  private Response mute(Request request) {
    record Muted(@Nullable Instant until) {}
    Muted muted = request.body(in -> new Muted(ChatBodies.until(in)));
    keepStanding.mute(request.caller().uid(), Paths.chat(request), true, muted.until());
    return Response.noContent();
  }

  private Response unmute(Request request) {
    keepStanding.mute(request.caller().uid(), Paths.chat(request), false, null);
    return Response.noContent();
  }
}
