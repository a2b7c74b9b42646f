package dev.fireside.chat.domain;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Names a chat: a direct one by the two who have it, `a:b` with the smaller uid first, so that two
/// people have one at most; a group by a ULID.
public record ChatId(String value) {
  private static final String PAIR = "pair:";

  /// The direct chat of two people.
  public static ChatId direct(Uid one, Uid other) {
    return new ChatId(one.compareTo(other) < 0 ? one.with(other) : other.with(one));
  }

  /// The id that a text states; empty where it states none.
  public static Optional<ChatId> parse(String text) {
    String[] pair = text.split(":", -1);
    if (pair.length == 2) {
      boolean isPair =
          Uid.isValid(pair[0]) && Uid.isValid(pair[1]) && pair[0].compareTo(pair[1]) < 0;
      return isPair ? Optional.of(new ChatId(text)) : Optional.empty();
    }
    String ulid = text.toUpperCase(Locale.ROOT);
    return Ids.isUlid(ulid) ? Optional.of(new ChatId(ulid)) : Optional.empty();
  }

  /// Whether it is of two people.
  public boolean isDirect() {
    return value.indexOf(':') > 0;
  }

  /// The two who have a direct chat; nobody for a group.
  public List<Uid> pair() {
    int colon = value.indexOf(':');
    return colon < 0
        ? List.of()
        : List.of(new Uid(value.substring(0, colon)), new Uid(value.substring(colon + 1)));
  }

  /// Whether a person may have it at all: one of the pair, or anybody for a group.
  public boolean fits(Uid uid) {
    return !isDirect() || pair().contains(uid);
  }

  /// The other one of a direct chat. Throws [IllegalStateException] for a group.
  public Uid other(Uid uid) {
    List<Uid> pair = pair();
    if (pair.isEmpty()) {
      throw new IllegalStateException("A group has no other person");
    }
    return pair.getFirst().equals(uid) ? pair.getLast() : pair.getFirst();
  }

  /// The name of its document. A pair alone could be one that Firestore keeps for itself.
  public String documentName() {
    return isDirect() ? PAIR + value : Ids.documentName(value);
  }

  /// The id of a document: the inverse of [#documentName].
  public static ChatId fromDocumentName(String name) {
    return new ChatId(
        name.startsWith(PAIR) ? name.substring(PAIR.length()) : Ids.fromDocumentName(name));
  }

  @Override
  public String toString() {
    return value;
  }
}
