package dev.fireside.social.domain;

/// What a post is.
public enum PostKind {
  ORIGINAL,
  /// Shows another post as it is; has no text of its own.
  REPOST,
  /// Shows another post below a text of its own.
  QUOTE
}
