package dev.fireside.play.domain;

import dev.fireside.shared.ids.Ids;
import java.util.Locale;
import java.util.Optional;

/// The id of a game session: a ULID.
public record SessionId(String value) {
  /// Throws [IllegalArgumentException] for a text that is no ULID.
  public SessionId {
    if (!Ids.isUlid(value)) {
      throw new IllegalArgumentException("Not a session id");
    }
  }

  /// The id that a caller wrote, in either case; empty for what cannot be one.
  public static Optional<SessionId> of(String text) {
    String id = text.toUpperCase(Locale.ROOT);
    return Ids.isUlid(id) ? Optional.of(new SessionId(id)) : Optional.empty();
  }

  @Override
  public String toString() {
    return value;
  }
}
