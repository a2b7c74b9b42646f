package dev.fireside.presence.domain;

/// How present a person is.
public enum State {
  ONLINE,
  /// Connected, but not looking.
  AWAY,
  OFFLINE
}
