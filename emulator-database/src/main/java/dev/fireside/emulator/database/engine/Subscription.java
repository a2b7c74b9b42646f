package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Window;
import java.util.Set;

/// That somebody listens somewhere.
public final class Subscription {
  private final Window window;
  private final Subscriber subscriber;
  private Set<Path> reads = Set.of();

  Subscription(Window window, Subscriber subscriber) {
    this.window = window;
    this.subscriber = subscriber;
  }

  Window window() {
    return window;
  }

  Subscriber subscriber() {
    return subscriber;
  }

  /// The places of the data on which the right to listen depends.
  Set<Path> reads() {
    return reads;
  }

  void lastsWhile(Set<Path> sameData) {
    reads = sameData;
  }
}
