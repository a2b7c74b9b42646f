package dev.fireside.shared.store;

import com.google.cloud.Timestamp;
import java.time.Instant;

/// Times as the clients of Firestore take them.
public final class Times {
  private Times() {}

  /// An instant as queries take it.
  public static Timestamp timestamp(Instant instant) {
    return Values.toTimestamp(instant);
  }
}
