package dev.fireside.social.domain;

/// Where an account stands.
public enum AccountStatus {
  ACTIVE,
  /// Set by a moderator; nothing of the person is shown until it is lifted.
  SUSPENDED,
  /// Deleted by its owner; the document stays as a tombstone without personal data.
  DELETED
}
