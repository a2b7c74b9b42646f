package dev.fireside.shared.cache;

import dev.fireside.shared.UnavailableException;

/// A cache could not be brought up to date, since Redis is away, and may still hold what was: the
/// event that says so has to come again.
public final class NotKeptException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private NotKeptException() {
    super("Redis is away: again later, it may still hold the old", null);
  }

  /// Throws unless it was kept, as caches report; the last thing that the handler of an event does.
  public static void unless(boolean kept) {
    if (!kept) {
      throw new NotKeptException();
    }
  }
}
