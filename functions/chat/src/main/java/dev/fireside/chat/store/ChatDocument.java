package dev.fireside.chat.store;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.domain.Log;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A chat as its document holds it.
public final class ChatDocument {
  private ChatDocument() {}

  /// The document of a chat.
  static String path(ChatId id) {
    return "chats/" + id.documentName();
  }

  /// A chat from its document.
  public static Chat parse(Document document) {
    Fields fields = document.fields();
    return new Chat(
        ChatId.fromDocumentName(document.id()),
        fields.text("database").orElse(""),
        fields.text("title").orElse(""),
        fields.text("avatarUrl").orElse(null),
        circle(fields),
        log(fields),
        fields.instant("createdAt").orElse(Instant.EPOCH),
        fields.number("revision"));
  }

  private static Circle circle(Fields fields) {
    var asked = new LinkedHashMap<Uid, Uid>();
    Fields by = fields.map("askedBy");
    for (Uid uid : MessageDocument.uids(fields, "asked")) {
      by.text(uid.value()).ifPresent(asking -> asked.put(uid, new Uid(asking)));
    }
    return new Circle(
        MessageDocument.uids(fields, "members"),
        fields.text("owner").map(Uid::new).orElse(null),
        new LinkedHashSet<>(MessageDocument.uids(fields, "admins")),
        asked,
        new LinkedHashSet<>(MessageDocument.uids(fields, "declined")));
  }

  private static Log log(Fields fields) {
    var sent = new HashMap<Uid, Long>();
    Fields raw = fields.map("sent");
    raw.names().forEach(uid -> sent.put(new Uid(uid), raw.number(uid)));
    return new Log(
        fields.number("last"),
        fields.instant("lastAt").orElse(null),
        sent,
        MessageDocument.parseAll(fields, "tail"));
  }

  /// The fields of a chat's document, to be changed all at once.
  static Map<String, Object> fields(Chat chat) {
    Circle circle = chat.circle();
    Log log = chat.log();
    var fields = new HashMap<String, Object>();
    fields.put("kind", chat.isDirect() ? "direct" : "group");
    fields.put("database", chat.database());
    fields.put("title", chat.title());
    putOrClear(fields, "avatarUrl", chat.avatarUrl());
    fields.put("members", MessageDocument.values(circle.members()));
    putOrClear(fields, "owner", circle.owner() == null ? null : circle.owner().value());
    fields.put("admins", MessageDocument.values(circle.admins()));
    fields.put("asked", MessageDocument.values(circle.asked().keySet()));
    var by = new HashMap<String, Object>();
    circle.asked().forEach((uid, asking) -> by.put(uid.value(), asking.value()));
    fields.put("askedBy", by);
    fields.put("declined", MessageDocument.values(circle.declined()));
    fields.put("last", log.last());
    putOrClear(fields, "lastAt", log.lastAt());
    var sent = new HashMap<String, Object>();
    log.sent().forEach((uid, seq) -> sent.put(uid.value(), seq));
    fields.put("sent", sent);
    fields.put("tail", MessageDocument.fieldsOf(log.tail()));
    fields.put("people", MessageDocument.people(log.tail()));
    putOrClear(fields, "tailAt", log.tail().isEmpty() ? null : log.tail().getFirst().at());
    fields.put("createdAt", chat.createdAt());
    fields.put("revision", chat.revision());
    return fields;
  }

  /// What a new document has: a field that is not there cannot be cleared.
  static Map<String, Object> created(Chat chat) {
    Map<String, Object> fields = fields(chat);
    fields.values().removeIf(FieldChange.class::isInstance);
    return fields;
  }

  private static void putOrClear(Map<String, Object> fields, String name, @Nullable Object value) {
    fields.put(name, value == null ? FieldChange.clear() : value);
  }
}
