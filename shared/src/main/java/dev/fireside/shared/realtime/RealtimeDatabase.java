package dev.fireside.shared.realtime;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A Realtime Database, written to by functions and listened to by clients. It carries copies:
/// whatever is published can be computed from Firestore again.
///
/// Paths are like `rooms/a`; their parts have no control characters and none of `.`, `#`, `$`, `[`
/// and `]`. Every call throws [RealtimeException] when the database does not answer in time or
/// refuses; a write may have been done then. Where the project has no Realtime Database, writes do
/// nothing and reads find nothing.
public interface RealtimeDatabase {
  /// The time at which the database writes it, in ms since 1970; among values of [#update].
  Map<String, String> TIMESTAMP = Map.of(".sv", "timestamp");

  /// A number that grows, from 0 where there is none; among values of [#update], which is then not
  /// tried again where the answer was lost.
  static Map<String, Object> increment(long by) {
    return Map.of(".sv", Map.of("increment", by));
  }

  /// What a place holds, and what it is known by: for [#putIf].
  ///
  /// @param value JSON's null where nothing is there
  record Tagged(JsonNode value, String tag) {}

  /// The name of the database, as events give it (`instance`).
  String name();

  /// The address that clients connect to; null where the project has no Realtime Database.
  @Nullable String url();

  /// Writes at many places at once: clients see all of it or nothing.
  ///
  /// @param values by path: what exists from now on, in place of all that was there and below; null
  ///   removes it. No path is above another
  void update(Map<String, ? extends @Nullable Object> values);

  /// What is at a path; JSON's null for nothing.
  JsonNode get(String path);

  /// What is at a path, with its tag.
  Tagged read(String path);

  /// Writes at one place, unless it has changed since it was read.
  ///
  /// @param value null removes
  /// @param tag what [#read] gave for this path
  /// @return false where it has changed; then nothing is written. Also where the answer to a write
  ///   of ours was lost and it is tried again: read before you decide that others were faster
  boolean putIf(String path, @Nullable Object value, String tag);

  /// The names right below a path; none where nothing exists.
  Set<String> keys(String path);
}
