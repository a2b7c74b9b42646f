package dev.fireside.feed;

import java.util.function.BooleanSupplier;

/// Acts on a fact, and again for as long as the fact has changed meanwhile.
///
/// Where several do this at once for the same fact, the last one to act knew its latest state:
/// whoever acted on an older one notices, and acts again.
final class Converging {
  /// Each needs a change during the one before. To give up a burst of changes early would put off
  /// its end: the event comes again only after a pause.
  private static final int ATTEMPTS_MAX = 100;

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
