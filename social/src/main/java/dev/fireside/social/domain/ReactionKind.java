package dev.fireside.social.domain;

/// How a person reacts to a post; one of each kind at most.
public enum ReactionKind {
  LIKE,
  LOVE,
  LAUGH,
  WOW,
  SAD,
  ANGRY;

  /// The name in documents and bodies.
  public String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
