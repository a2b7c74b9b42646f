package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.rules.Decision;
import dev.fireside.emulator.database.tree.Window;
import dev.fireside.emulator.database.tree.Write;
import org.jspecify.annotations.Nullable;

/// That somebody listens somewhere.
public final class Subscription {
  private final Window window;
  private final Subscriber subscriber;
  private @Nullable Decision decision;

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

  void decided(@Nullable Decision allowing) {
    decision = allowing;
  }

  /// Whether a write may end it.
  boolean dependsOn(Write write) {
    return decision != null && decision.dependsOn(write);
  }
}
