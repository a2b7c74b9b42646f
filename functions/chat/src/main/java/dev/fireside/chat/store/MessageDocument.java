package dev.fireside.chat.store;

import dev.fireside.chat.domain.Message;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.social.domain.ReactionKind;
import dev.fireside.social.store.MediaDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A message as it stands among others in a document.
final class MessageDocument {
  private MessageDocument() {}

  static List<Message> parseAll(Fields document, String name) {
    return document.maps(name).stream().map(MessageDocument::parse).toList();
  }

  private static Message parse(Fields fields) {
    var reactions = new EnumMap<ReactionKind, Set<Uid>>(ReactionKind.class);
    Fields raw = fields.map("reactions");
    for (String kind : raw.names()) {
      WireNames.find(ReactionKind.class, kind)
          .ifPresent(known -> reactions.put(known, new LinkedHashSet<>(uids(raw, kind))));
    }
    return new Message(
        fields.number("seq"),
        fields.text("sender").map(Uid::new).orElse(null),
        fields.text("key").orElse(""),
        fields.text("print").orElse(""),
        fields.text("text").orElse(""),
        MediaDocument.parse(fields),
        fields.number("replyTo"),
        uids(fields, "mentions"),
        fields.instant("at").orElse(Instant.EPOCH),
        fields.instant("editedAt").orElse(null),
        fields.flag("deleted"),
        reactions);
  }

  static List<Map<String, Object>> fieldsOf(List<Message> messages) {
    return messages.stream().map(MessageDocument::fields).toList();
  }

  private static Map<String, Object> fields(Message message) {
    var fields = new HashMap<String, Object>();
    fields.put("seq", message.seq());
    fields.put("key", message.key());
    fields.put("print", message.print());
    fields.put("at", message.at());
    Maps.put(fields, "sender", message.sender() == null ? null : message.sender().value());
    Maps.put(fields, "editedAt", message.editedAt());
    if (message.deleted()) {
      fields.put("deleted", true);
      return fields;
    }
    fields.put("text", message.text());
    if (!message.media().isEmpty()) {
      fields.put("media", MediaDocument.fields(message.media()));
    }
    if (message.replyTo() > 0) {
      fields.put("replyTo", message.replyTo());
    }
    if (!message.mentions().isEmpty()) {
      fields.put("mentions", values(message.mentions()));
    }
    if (!message.reactions().isEmpty()) {
      var reactions = new HashMap<String, Object>();
      message
          .reactions()
          .forEach((kind, people) -> reactions.put(WireNames.of(kind), values(people)));
      fields.put("reactions", reactions);
    }
    return fields;
  }

  /// Everybody whom messages know, for queries.
  static List<String> people(List<Message> messages) {
    return messages.stream()
        .flatMap(message -> message.people().stream())
        .distinct()
        .map(Uid::value)
        .toList();
  }

  static List<Uid> uids(Fields fields, String name) {
    return fields.texts(name).stream().map(Uid::new).toList();
  }

  static List<String> values(Collection<Uid> uids) {
    return uids.stream().map(Uid::value).toList();
  }
}
