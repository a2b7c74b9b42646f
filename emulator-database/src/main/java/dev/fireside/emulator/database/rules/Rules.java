package dev.fireside.emulator.database.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.tree.Index;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.Write;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rules of a database: who may read and write what.
public final class Rules {
  private final Level top;

  private Rules(Level top) {
    this.top = top;
  }

  /// Reads the text of a `database.rules.json`.
  ///
  /// @throws RulesException if it has a mistake
  public static Rules parse(String text) {
    return new Rules(RulesReader.read(text));
  }

  /// Judges a read: the first `.read` on the way to the path that is true allows it.
  ///
  /// @param auth an object with `uid`, `provider` and `token`; null if nobody is signed in
  public Decision read(Path path, Query query, @Nullable JsonNode auth, Node root, long nowMillis) {
    return new Judge(top, auth, root, null, query, nowMillis).read(path);
  }

  /// Judges a write, of which every part must be allowed and valid.
  ///
  /// @param auth an object with `uid`, `provider` and `token`; null if nobody is signed in
  /// @param after the data as it will be
  public Decision write(
      Write write, @Nullable JsonNode auth, Node before, Node after, long nowMillis) {
    return new Judge(top, auth, before, after, Query.ALL, nowMillis).write(write);
  }

  /// What to add to the rules so that a query is fast; empty if there is an index or none is
  /// needed. REST refuses such a query with these words.
  public Optional<String> missingIndex(Path path, Query query) {
    String name =
        switch (query.index()) {
          case Index.Key _, Index.Priority _ -> null;
          case Index.Value _ -> ".value";
          case Index.Child child -> String.join("/", child.path().segments());
        };
    Level level = top;
    for (String key : path.segments()) {
      level = level == null ? null : level.below(key);
    }
    return name == null || (level != null && level.indexes().contains(name))
        ? Optional.empty()
        : Optional.of(
            "Index not defined, add \".indexOn\": \"%s\", for path \"%s\", to the rules"
                .formatted(name, path));
  }
}
