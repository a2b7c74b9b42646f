package dev.fireside.shared.store;

import java.time.Instant;
import java.util.Map;

/// A Firestore document as it was read, or as an event carries it.
///
/// @param path path below the database, such as `posts/abc`
/// @param fields its fields, as plain Java values (String, Long, Double, Boolean, Instant, List,
///   Map)
/// @param updateTime when it was last written; versions of one document are ordered by it
public record Document(String path, Fields fields, Instant updateTime) {

  /// Microseconds since 1970 of the last write: a version number below 2^53.
  public long version() {
    return versionOf(updateTime);
  }

  /// The version number of an instant.
  public static long versionOf(Instant instant) {
    return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
  }

  /// The last part of the path.
  public String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// A document from a raw map.
  public static Document of(String path, Map<String, Object> fields, Instant updateTime) {
    return new Document(path, new Fields(fields), updateTime);
  }
}
