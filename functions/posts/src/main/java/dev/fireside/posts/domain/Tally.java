package dev.fireside.posts.domain;

import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.ReactionKind;
import java.util.Optional;

/// The totals of a post, by their names in `counts`.
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

  /// The total of a kind of reaction, by its wire name; empty for a name that is none.
  public static Optional<Tally> ofReaction(String kind) {
    return WireNames.find(ReactionKind.class, kind).map(known -> valueOf(known.name()));
  }
}
