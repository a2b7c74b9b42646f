package dev.fireside.social.domain;

/// Who may see a post.
public enum Visibility {
  PUBLIC,
  FOLLOWERS,
  PRIVATE
}
