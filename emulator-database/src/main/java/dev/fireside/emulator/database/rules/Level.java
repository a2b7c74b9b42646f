package dev.fireside.emulator.database.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of one place of the data, and those below it.
///
/// @param wildcard the name, `$` included, that stands for every key without rules of its own
record Level(
    @Nullable Rule read,
    @Nullable Rule write,
    @Nullable Rule validate,
    List<String> indexes,
    Map<String, Level> children,
    @Nullable String wildcard,
    @Nullable Level others) {
  @Nullable Level below(String key) {
    Level child = children.get(key);
    return child == null ? others : child;
  }

  boolean isWildcard(String key) {
    return wildcard != null && !children.containsKey(key);
  }
}
