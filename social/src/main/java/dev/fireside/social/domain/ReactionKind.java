package dev.fireside.social.domain;

/// How a person reacts to a post; one of each kind at most.
public enum ReactionKind {
  LIKE,
  LOVE,
  LAUGH,
  WOW,
  SAD,
  ANGRY
}
