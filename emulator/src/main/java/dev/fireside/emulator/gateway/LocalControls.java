package dev.fireside.emulator.gateway;

import dev.fireside.emulator.events.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/// What `/_local` can do to a project.
public interface LocalControls {
  /// An ID token for a person.
  String token(String uid, Map<String, Object> claims);

  /// The time that functions, schedules and events live in.
  Instant now();

  /// Moves that time forward.
  void advance(Duration by);

  /// Fires a schedule. Throws [java.util.NoSuchElementException] when there is none of that name
  /// and [IllegalStateException] when its function fails.
  void fire(String schedule);

  /// The faults in force.
  Faults faults();

  /// Whether there is a function of this name.
  boolean hasFunction(String name);

  /// What there is to know about the functions, to be written as JSON.
  Object status();

  /// Empties everything.
  void reset();

  /// Ends Redis as a crash would.
  void killRedis();

  /// Starts an empty Redis.
  void restartRedis();
}
