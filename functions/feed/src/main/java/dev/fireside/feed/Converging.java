package dev.fireside.feed;

import java.util.function.BooleanSupplier;

/// Acts on a fact, and again for as long as the fact has changed meanwhile.
///
/// Where several do this at once for the same fact, the last one to act knew its latest state:
/// whoever acted on an older one notices, and acts again.
final class Converging {
  private static final int ATTEMPTS_MAX = 5;

  private Converging() {}

  /// What to do about a fact.
  interface Act {
    void on(boolean fact);
  }

  static void on(BooleanSupplier fact, Act act) {
    boolean known = fact.getAsBoolean();
    for (int i = 0; i < ATTEMPTS_MAX; i++) {
      act.on(known);
      boolean now = fact.getAsBoolean();
      if (now == known) {
        return;
      }
      known = now;
    }
    throw new IllegalStateException("It changes faster than we can follow: try again later");
  }
}
