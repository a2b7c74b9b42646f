package dev.fireside.chat;

import dev.fireside.chat.domain.ChatId;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.testing.Crowd;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// People who talk in tests, and what they do through the API.
final class Parlour extends Crowd {
  Parlour(FiresideExtension fireside) {
    super(fireside);
  }

  /// Two people with profiles who follow each other.
  void friends(String one, String other) {
    people(one, other);
    follow(one, other);
    follow(other, one);
  }

  static String direct(String one, String other) {
    return ChatId.direct(new Uid(one), new Uid(other)).value();
  }

  /// A group of people who follow its owner, and so are members at once.
  String group(String owner, String... others) {
    for (String other : others) {
      follow(other, owner);
    }
    Reply reply =
        as(owner).post("/api/chats", Map.of("title", "Group", "members", List.of(others)));
    return checked(reply, 201).body().path("id").asText();
  }

  /// Sends a text under a new client id, and answers with its place.
  long send(String sender, String chat, String text) {
    return seq(sendAs(sender, chat, newId(), text), 201);
  }

  Reply sendAs(String sender, String chat, String clientId, String text) {
    return post(sender, chat, Map.of("clientId", clientId, "text", text));
  }

  Reply post(String sender, String chat, Map<String, ?> body) {
    return as(sender).post(messages(chat), body);
  }

  Reply reply(String sender, String chat, long to, String text) {
    return post(sender, chat, Map.of("clientId", newId(), "text", text, "replyTo", to));
  }

  static String path(String chat) {
    return "/api/chats/" + chat;
  }

  static String messages(String chat) {
    return path(chat) + "/messages";
  }

  static String message(String chat, long seq) {
    return messages(chat) + "/" + seq;
  }

  static String member(String chat, String uid) {
    return path(chat) + "/members/" + uid;
  }

  /// The texts of a chat as a reader is shown them, oldest first; `-` for a kept place.
  List<String> history(String reader, String chat) {
    return as(reader).pages(messages(chat) + "?limit=7", "text").stream()
        .flatMap(List::stream)
        .map(text -> text.isEmpty() ? "-" : text)
        .toList()
        .reversed();
  }

  Reply read(String reader, String chat, long seq) {
    return as(reader).put(path(chat) + "/read", Map.of("seq", seq));
  }

  int unread(String reader, String chat) {
    return checked(as(reader).get(path(chat)), 200).body().path("unread").asInt(-1);
  }

  List<String> inbox(String reader) {
    return as(reader).list("/api/chats?limit=2", "id");
  }

  List<String> requests(String reader) {
    return as(reader).list("/api/chats?box=requests&limit=2", "id");
  }

  Document chat(String id) {
    return document(chatPath(id));
  }

  static String chatPath(String id) {
    return "chats/" + new ChatId(id).documentName();
  }

  Optional<Document> notice(String uid, String chat) {
    return documents().get("notifications/" + uid + "/items/chat:" + chat);
  }

  static Reply checked(Reply reply, int status) {
    if (reply.status() != status) {
      throw new AssertionError(reply.status() + " " + reply.body());
    }
    return reply;
  }

  static long seq(Reply reply, int status) {
    return checked(reply, status).body().path("seq").asLong();
  }

  static Map<String, Object> draft(String text) {
    var draft = new HashMap<String, Object>();
    draft.put("clientId", "c");
    draft.put("text", text);
    return draft;
  }
}
