package dev.fireside.feed;

import java.util.function.BooleanSupplier;

/// Acts on what is so, until it is still so afterwards.
///
/// Of several who do this at once for the same fact, the last act is one that knew the truth:
/// whoever acted on something older sees so, and acts again.
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
