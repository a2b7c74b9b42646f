package dev.fireside.emulator.database.rules;

import dev.fireside.emulator.database.tree.Index;
import dev.fireside.emulator.database.tree.Query;
import org.jspecify.annotations.Nullable;

/// What a rule sees of a query.
final class QueryProperties {
  private QueryProperties() {}

  static @Nullable Object get(Query query, String name) {
    boolean plain = query.loadsAll() && query.index() instanceof Index.Priority;
    return switch (name) {
      case "orderByKey" -> plain || query.index() instanceof Index.Key;
      case "orderByPriority" -> !plain && query.index() instanceof Index.Priority;
      case "orderByValue" -> query.index() instanceof Index.Value;
      case "orderByChild" ->
          query.index() instanceof Index.Child child
              ? String.join("/", child.path().segments())
              : null;
      case "startAt" -> bound(query, query.start());
      case "endAt" -> bound(query, query.end());
      case "equalTo" -> equalTo(query);
      case "limitToFirst" -> limit(query, true);
      case "limitToLast" -> limit(query, false);
      default -> null;
    };
  }

  private static @Nullable Object bound(Query query, Query.@Nullable Bound bound) {
    if (bound == null) {
      return null;
    }
    return query.index() instanceof Index.Key ? bound.key() : Snapshot.value(bound.sort());
  }

  private static @Nullable Object equalTo(Query query) {
    Query.Bound start = query.start();
    Query.Bound end = query.end();
    boolean equal =
        start != null
            && end != null
            && start.inclusive()
            && end.inclusive()
            && start.sort().equals(end.sort())
            && (!(query.index() instanceof Index.Key) || start.key().equals(end.key()));
    return equal ? bound(query, start) : null;
  }

  private static @Nullable Object limit(Query query, boolean fromLeft) {
    return query.limit() > 0 && query.fromLeft() == fromLeft ? (double) query.limit() : null;
  }
}
