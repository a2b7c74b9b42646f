package dev.fireside.play.domain;

import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A score on its way to a board.
///
/// @param score in units of the board
/// @param country that the player says to be from; null for nothing said
/// @param key by which the same submission is known when it comes again
/// @param firmly until when it is known whatever happens
/// @param remembered until when it is known unless too many others come; not before `firmly`
public record Submission(
    FinalScore score, @Nullable String country, String key, Instant firmly, Instant remembered) {
  /// How long a submission with an `Idempotency-Key` is remembered.
  public static final Duration KEY_KEPT = Duration.ofHours(24);

  /// How long it is remembered whatever happens.
  public static final Duration KEY_KEPT_FIRMLY = Duration.ofMinutes(15);

  private static final String KEYED = "key:";
  private static final int KEY_BYTES = 16;
  private static final int FINGERPRINT_BYTES = 8;

  /// A submission that is known to the end, whatever happens.
  public Submission(FinalScore score, @Nullable String country, String key, Instant remembered) {
    this(score, country, key, remembered, remembered);
  }

  /// A submission with an `Idempotency-Key`, which is the caller's own also where they submit for
  /// somebody else.
  public static Submission keyed(
      FinalScore score, @Nullable String country, Uid caller, String key, Instant now) {
    return new Submission(
        score,
        country,
        KEYED + Digest.hex(caller + "|" + key, KEY_BYTES),
        now.plus(KEY_KEPT_FIRMLY),
        now.plus(KEY_KEPT));
  }

  /// Whether it has an `Idempotency-Key`.
  boolean isKeyed() {
    return key.startsWith(KEYED);
  }

  /// Distinguishes submissions of one key.
  String fingerprint() {
    return Digest.hex(
        score.score() + "|" + score.subscore() + "|" + country + "|" + score.metadata(),
        FINGERPRINT_BYTES);
  }

  /// What is kept of it.
  Remembered memory() {
    return new Remembered(firmly.toEpochMilli(), remembered.toEpochMilli(), fingerprint());
  }
}
