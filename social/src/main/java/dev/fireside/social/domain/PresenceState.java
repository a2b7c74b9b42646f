package dev.fireside.social.domain;

/// How present a person is.
public enum PresenceState {
  ONLINE,
  /// Connected, but not looking.
  AWAY,
  OFFLINE
}
