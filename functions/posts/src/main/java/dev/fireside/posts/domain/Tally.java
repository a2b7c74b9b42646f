package dev.fireside.posts.domain;

import dev.fireside.social.domain.ReactionKind;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The totals of a post.
public enum Tally {
  LIKE,
  LOVE,
  LAUGH,
  WOW,
  SAD,
  ANGRY,
  COMMENTS,
  REPOSTS,
  QUOTES;

  /// The name of the total in `counts`.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The total of a kind of reaction, by its wire name; empty for a name that is none.
  public static Optional<Tally> ofReaction(String kind) {
    return Arrays.stream(ReactionKind.values())
        .filter(known -> known.wireName().equals(kind))
        .map(known -> valueOf(known.name()))
        .findFirst();
  }
}
