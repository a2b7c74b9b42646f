package dev.fireside.emulator.database.rules;

import dev.fireside.emulator.database.tree.Path;
import java.util.Set;

/// What the rules say to a read or a write.
///
/// @param reason which rule decided and how, for a debug message
/// @param reads the places of the data before a write that the rules looked at
public record Decision(boolean allowed, String reason, Set<Path> reads) {
  public Decision {
    reads = Set.copyOf(reads);
  }
}
