package dev.fireside.emulator.database.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.tree.Query;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the variables of a rule stand for.
///
/// @param auth an object with `uid`, `provider` and `token`; null if nobody is signed in
/// @param newData null in a `.read` rule
record Scope(
    @Nullable JsonNode auth,
    Snapshot root,
    Snapshot data,
    @Nullable Snapshot newData,
    Query query,
    long nowMillis,
    Map<String, String> wildcards) {
  @Nullable Object variable(String name) {
    return switch (name) {
      case "auth" -> Evaluator.plain(auth);
      case "root" -> root;
      case "data" -> data;
      case "newData" -> newData;
      case "query" -> query;
      case "now" -> (double) nowMillis;
      default -> wildcards.get(name);
    };
  }
}
