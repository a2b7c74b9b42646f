package dev.fireside.presence.domain;

/// Who may see whether a person is online; themselves always, and nobody across a block.
public enum Audience {
  EVERYBODY,
  /// Those who follow them.
  FOLLOWERS,
  NOBODY
}
