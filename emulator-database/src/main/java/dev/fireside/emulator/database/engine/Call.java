package dev.fireside.emulator.database.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.tree.InvalidDataException;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Write;

/// What somebody asks to be written; server values are resolved when it is.
///
/// @param path where
/// @param json the value, or an object of values by paths below `path`
/// @param merge whether it is the latter
public record Call(Path path, JsonNode json, boolean merge) {
  /// One value, in place of all that is there.
  public static Call put(Path path, JsonNode json) {
    return new Call(path, json, false);
  }

  /// Several values at once.
  public static Call merge(Path path, JsonNode json) {
    return new Call(path, json, true);
  }

  Write resolve(Node root, long nowMillis) throws Refusal {
    try {
      return merge
          ? Write.merge(path, json, root, nowMillis)
          : Write.put(path, json, root, nowMillis);
    } catch (InvalidDataException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }
}
