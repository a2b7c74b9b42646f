package dev.fireside.emulator.database.rules;

import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Write;
import java.util.Set;

/// What the rules say to a read or a write.
///
/// @param reason which rule decided and how, for a debug message
/// @param reads the places of the data before a write that the rules looked at
public record Decision(boolean allowed, String reason, Set<Path> reads) {
  public Decision {
    reads = Set.copyOf(reads);
  }

  /// Whether a write may turn the decision: whether it touches what the rules looked at.
  public boolean dependsOn(Write write) {
    if (reads.isEmpty()) {
      return false;
    }
    for (Path written : write.puts().keySet()) {
      for (Path read : reads) {
        if (written.startsWith(read) || read.startsWith(written)) {
          return true;
        }
      }
    }
    return false;
  }
}
