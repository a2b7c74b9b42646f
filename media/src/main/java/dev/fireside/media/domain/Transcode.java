package dev.fireside.media.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An order and how far it has come: `transcodes/{id}`.
///
/// @param id of the video or image, a ULID
/// @param attempts how often somebody began
/// @param starts how often a job was asked for since somebody last began
/// @param dueAt when a job is to be asked for, again or for the first time; null once it has ended
/// @param version of the document, in microseconds since 1970
public record Transcode(
    String id,
    TranscodeOrder order,
    TranscodeState state,
    int attempts,
    int starts,
    @Nullable Instant dueAt,
    long version) {
  /// Attempts before it is given up: each lost its lease or failed for a reason that may pass.
  public static final int ATTEMPTS_MAX = 5;

  /// Jobs that were asked for and never began, before it is given up.
  public static final int STARTS_MAX = 12;

  /// How long a lease holds unless it is renewed.
  public static final Duration LEASE = Duration.ofSeconds(90);

  private static final Duration PAUSE_MIN = Duration.ofMinutes(1);
  private static final int DOUBLINGS_MAX = 6;

  /// The pause after as many failures, 1 or more: one minute first, twice as long each time.
  public static Duration pause(int failures) {
    return PAUSE_MIN.multipliedBy(1L << Math.clamp(failures - 1L, 0, DOUBLINGS_MAX));
  }

  /// Whether nothing more happens.
  public boolean hasEnded() {
    return switch (state) {
      case TranscodeState.Queued _, TranscodeState.Running _ -> false;
      case TranscodeState.Done _, TranscodeState.Failed _ -> true;
    };
  }
}
