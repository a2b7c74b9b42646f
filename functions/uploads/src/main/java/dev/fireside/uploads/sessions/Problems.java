package dev.fireside.uploads.sessions;

import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Map;

/// Refusals that several use cases share.
final class Problems {
  private Problems() {}

  static ProblemException noSuchUpload() {
    return ProblemException.notFound("upload");
  }

  /// The day's quota is used up.
  static ProblemException quotaUsed(Instant now) {
    ZonedDateTime tomorrow =
        now.atZone(ZoneOffset.UTC).toLocalDate().plusDays(1).atStartOfDay(ZoneOffset.UTC);
    long seconds = Math.max(1, Duration.between(now, tomorrow.toInstant()).toSeconds());
    return ProblemException.of(
        ProblemType.RATE_LIMITED,
        "This is more than you can upload in a day",
        Map.of("Retry-After", Long.toString(seconds)));
  }
}
