package dev.fireside.emulator.database.engine;

/// How much one call may write or remove. Google estimates how long a write takes; here a mebibyte
/// of JSON, written or removed, counts as a second.
public enum SizeLimit {
  TINY("tiny", 1),
  SMALL("small", 10),
  MEDIUM("medium", 30),
  LARGE("large", 60),
  UNLIMITED("unlimited", Long.MAX_VALUE >> SizeLimit.SECOND_SHIFT);

  private static final int SECOND_SHIFT = 20;

  private final String word;
  private final long seconds;

  SizeLimit(String word, long seconds) {
    this.word = word;
    this.seconds = seconds;
  }

  /// Its name in requests.
  public String word() {
    return word;
  }

  /// In characters of JSON.
  long chars() {
    return seconds << SECOND_SHIFT;
  }
}
