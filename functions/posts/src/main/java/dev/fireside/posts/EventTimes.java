package dev.fireside.posts;

import dev.fireside.shared.events.DocumentChange;
import java.time.Instant;

/// When the change of an event was committed.
final class EventTimes {
  private EventTimes() {}

  static Instant changedAt(DocumentChange change) {
    return change.after() == null ? change.time() : change.after().updateTime();
  }
}
