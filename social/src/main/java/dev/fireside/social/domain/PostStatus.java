package dev.fireside.social.domain;

/// Where a post stands.
public enum PostStatus {
  ACTIVE,
  /// Taken off by a moderator; its author still sees it.
  HIDDEN,
  /// Deleted by its author; removed for good some days later.
  DELETED
}
