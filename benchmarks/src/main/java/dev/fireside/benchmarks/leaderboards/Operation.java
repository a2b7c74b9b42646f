package dev.fireside.benchmarks.leaderboards;

import java.util.Locale;

/// What players do.
enum Operation {
  /// Submits a score that is stored whatever was there.
  WRITE,
  /// Reads the first hundred.
  TOP,
  /// Reads the hundred around the player.
  AROUND,
  /// Reads the player's own rank.
  RANK;

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
