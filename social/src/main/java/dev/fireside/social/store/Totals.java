package dev.fireside.social.store;

import dev.fireside.shared.store.Counted;
import dev.fireside.shared.store.Document;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/// Totals that were counted, on their way into a document.
///
/// @param asOf when they were counted: the earliest [Counted#readTime] of their queries
/// @param entries how many things were counted, which is what it cost
/// @param fields the fields to update (dotted names reach into maps), given the document as it is
///   now; none where the document wants no totals any more; may be asked more than once
public record Totals(Instant asOf, long entries, Function<Document, Map<String, Object>> fields) {

  /// One total for one field, such as `counts.followers`.
  public static Totals of(String field, Counted counted) {
    return of(counted, document -> Map.of(field, counted.count()));
  }

  /// What follows from one count.
  public static Totals of(Counted counted, Function<Document, Map<String, Object>> fields) {
    return new Totals(counted.readTime(), counted.count(), fields);
  }
}
