package dev.fireside.chat.domain;

import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Media;
import dev.fireside.social.domain.ReactionKind;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A message of a chat.
///
/// @param seq its place in the chat, from 1 on, without gaps
/// @param sender null once the person or the message is gone and only its place is kept
/// @param key of sender and client id; empty once the person is gone
/// @param print of what was sent, by which a client id is known that is used for something else
/// @param text empty for none
/// @param replyTo the place of the message it answers; 0 for none
/// @param mentions members whom it names
/// @param editedAt null where it stands as it was sent
/// @param deleted whether it was taken away for everybody
/// @param reactions who reacted how
public record Message(
    long seq,
    @Nullable Uid sender,
    String key,
    String print,
    String text,
    List<Media> media,
    long replyTo,
    List<Uid> mentions,
    Instant at,
    @Nullable Instant editedAt,
    boolean deleted,
    Map<ReactionKind, Set<Uid>> reactions) {
  /// Code points of a message, at most.
  public static final int TEXT_MAX = 4_000;

  /// Pictures and videos of a message, at most.
  public static final int MEDIA_MAX = 10;

  /// What a message takes in its document beside its texts, about.
  private static final int OVERHEAD_BYTES = 300;

  private static final int UNIT_BYTES = 3;

  public Message {
    media = List.copyOf(media);
    mentions = List.copyOf(mentions);
    var all = new EnumMap<ReactionKind, Set<Uid>>(ReactionKind.class);
    reactions.forEach((kind, people) -> {
      if (!people.isEmpty()) {
        all.put(kind, Collections.unmodifiableSet(new LinkedHashSet<>(people)));
      }
    });
    reactions = Collections.unmodifiableMap(all);
  }

  /// With another text.
  public Message withText(String newText, List<Uid> newMentions, Instant now) {
    return new Message(
        seq, sender, key, print, newText, media, replyTo, newMentions, at, now, deleted, reactions);
  }

  /// Its place, once it is taken away for everybody; whose it was stays known to the store, so that
  /// the client id still counts.
  public Message asDeleted() {
    return new Message(
        seq, sender, key, print, "", List.of(), 0, List.of(), at, null, true, Map.of());
  }

  /// Its place, once its sender is gone.
  public Message asEmptied() {
    return new Message(seq, null, "", "", "", List.of(), 0, List.of(), at, null, true, Map.of());
  }

  /// With somebody's reaction, or without it.
  public Message withReaction(Uid uid, ReactionKind kind, boolean present) {
    var people = new LinkedHashSet<>(reactions.getOrDefault(kind, Set.of()));
    boolean changed = present ? people.add(uid) : people.remove(uid);
    if (!changed) {
      return this;
    }
    var all = new EnumMap<ReactionKind, Set<Uid>>(ReactionKind.class);
    all.putAll(reactions);
    all.put(kind, people);
    return new Message(
        seq, sender, key, print, text, media, replyTo, mentions, at, editedAt, deleted, all);
  }

  /// Without a trace of a person: emptied where it is theirs, else without their reactions and
  /// their name.
  public Message without(Uid uid) {
    if (uid.equals(sender)) {
      return asEmptied();
    }
    Message rest = this;
    for (ReactionKind kind : ReactionKind.values()) {
      rest = rest.withReaction(uid, kind, false);
    }
    List<Uid> named = mentions.stream().filter(other -> !other.equals(uid)).toList();
    return new Message(
        seq,
        sender,
        key,
        print,
        text,
        media,
        replyTo,
        named,
        at,
        editedAt,
        deleted,
        rest.reactions);
  }

  /// Whom it knows: its sender, those whom it names, and those who reacted.
  public Set<Uid> people() {
    var people = new LinkedHashSet<>(mentions);
    if (sender != null) {
      people.add(sender);
    }
    reactions.values().forEach(people::addAll);
    return people;
  }

  /// About how much room it takes in a document, at most.
  public int bytes() {
    int bytes = OVERHEAD_BYTES + UNIT_BYTES * text.length() + nameBytes();
    for (Media item : media) {
      bytes += OVERHEAD_BYTES + item.url().length();
    }
    return bytes;
  }

  /// Names are ASCII; each stands once among all people, and once more where it belongs.
  private int nameBytes() {
    int bytes = 0;
    for (Set<Uid> people : reactions.values()) {
      bytes += people.stream().mapToInt(uid -> 2 * (uid.value().length() + 1)).sum();
    }
    return bytes + mentions.stream().mapToInt(uid -> 2 * (uid.value().length() + 1)).sum();
  }
}
