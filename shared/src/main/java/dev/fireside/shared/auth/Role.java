package dev.fireside.shared.auth;

import java.util.Arrays;
import java.util.Optional;

/// What a person may do beyond their own things; kept in the custom claim `roles` of their token.
public enum Role {
  /// Hides and restores others' content, suspends people.
  MODERATOR,
  /// Gives and takes roles, and everything a moderator may.
  ADMIN;

  /// The name in claims and bodies.
  public String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /// The role of a wire name.
  public static Optional<Role> of(String wireName) {
    return Arrays.stream(values()).filter(role -> role.wireName().equals(wireName)).findFirst();
  }
}
