package dev.fireside.uploads.sessions.domain;

import dev.fireside.shared.config.Config;
import java.time.Duration;

/// How much may be uploaded.
///
/// @param videoBytes the largest video
/// @param imageBytes the largest picture
/// @param audioBytes the longest sound
/// @param uploadsPerDay uploads of one person and day (UTC)
/// @param bytesPerDay their bytes
/// @param life how long a session is open
/// @param unusedFor how long an accepted upload waits for something to be made of it
public record UploadLimits(
    long videoBytes,
    long imageBytes,
    long audioBytes,
    int uploadsPerDay,
    long bytesPerDay,
    Duration life,
    Duration unusedFor) {
  private static final long MEGABYTE = 1_000_000;

  /// Cloud Storage ends sessions after a week.
  private static final Duration LIFE_MAX = Duration.ofDays(6);

  /// The limits that the settings say.
  public static UploadLimits of(Config config) {
    Duration life = config.duration("UPLOAD_LIFE", Duration.ofDays(1));
    return new UploadLimits(
        config.number("UPLOAD_VIDEO_MB_MAX", 500, 1, 5_000) * MEGABYTE,
        config.number("UPLOAD_IMAGE_MB_MAX", 20, 1, 100) * MEGABYTE,
        config.number("UPLOAD_AUDIO_MB_MAX", 100, 1, 1_000) * MEGABYTE,
        config.number("UPLOADS_PER_DAY", 100, 1, 100_000),
        config.number("UPLOAD_MB_PER_DAY", 5_000, 1, 1_000_000) * MEGABYTE,
        life.compareTo(LIFE_MAX) > 0 ? LIFE_MAX : life,
        config.duration("UPLOAD_UNUSED_FOR", Duration.ofDays(7)));
  }

  /// The most bytes of a kind.
  public long bytesMax(UploadKind kind) {
    return switch (kind) {
      case VIDEO -> videoBytes;
      case IMAGE, AVATAR -> imageBytes;
      case AUDIO -> audioBytes;
    };
  }
}
