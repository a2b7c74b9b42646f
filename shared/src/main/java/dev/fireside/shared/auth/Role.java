package dev.fireside.shared.auth;

/// What a person may do beyond their own things; kept in the custom claim `roles` of their token.
public enum Role {
  /// Hides and restores others' content, suspends people.
  MODERATOR,
  /// Gives and takes roles, and everything a moderator may.
  ADMIN
}
