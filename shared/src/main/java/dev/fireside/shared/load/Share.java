package dev.fireside.shared.load;

import java.util.Locale;

/// Who calls a store. Each share has calls of its own, so that readers cannot starve the events
/// that keep what they read up to date, nor a flood of events the readers.
public enum Share {
  /// Requests: somebody waits for the answer, and would rather be refused than wait long.
  REQUESTS,
  /// Events, messages, schedules and streamed answers: they wait their turn, since a refusal only
  /// brings them back.
  EVENTS;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
