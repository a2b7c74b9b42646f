package dev.fireside.benchmarks.leaderboards;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.random.RandomGenerator;

/// A server under load, and how it is spoken to.
interface Target {
  /// Its name in tables.
  String name();

  URI base();

  /// People who can sign in, made where they are missing.
  List<Player> players(int count) throws IOException;

  /// The bytes of a request.
  byte[] request(Operation operation, Player player, RandomGenerator random);

  /// Throws [IllegalStateException] unless the board answers with its ranks.
  void check(Player player) throws IOException;
}
