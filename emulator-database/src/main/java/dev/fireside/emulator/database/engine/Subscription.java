package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.tree.Window;

/// That somebody listens somewhere.
public final class Subscription {
  private final Window window;
  private final Subscriber subscriber;

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
}
