package dev.fireside.chat;

import dev.fireside.chat.domain.Message;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.Media;
import dev.fireside.social.domain.PersonView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message as a reader is shown it.
///
/// @param sender null where only its place is kept
/// @param deleted true where only its place is kept, else absent
/// @param reactions how many react how
/// @param mine the reader's own reactions
record MessageView(
    long seq,
    @Nullable PersonView sender,
    @Nullable String text,
    @Nullable List<Media> media,
    @Nullable Long replyTo,
    @Nullable List<Uid> mentions,
    Map<String, Integer> reactions,
    List<String> mine,
    Instant at,
    @Nullable Instant editedAt,
    @Nullable Boolean deleted) {

  static MessageView of(Message message, PersonView sender, Uid reader) {
    var reactions = new LinkedHashMap<String, Integer>();
    var mine = new ArrayList<String>();
    message
        .reactions()
        .forEach((kind, people) -> {
          reactions.put(WireNames.of(kind), people.size());
          if (people.contains(reader)) {
            mine.add(WireNames.of(kind));
          }
        });
    return new MessageView(
        message.seq(),
        sender,
        message.text().isEmpty() ? null : message.text(),
        message.media().isEmpty() ? null : message.media(),
        message.replyTo() == 0 ? null : message.replyTo(),
        message.mentions().isEmpty() ? null : message.mentions(),
        reactions,
        mine,
        message.at(),
        message.editedAt(),
        null);
  }

  /// The place of a message that was taken away, or whose sender is gone.
  static MessageView place(Message message) {
    return new MessageView(
        message.seq(), null, null, null, null, null, Map.of(), List.of(), message.at(), null, true);
  }
}
