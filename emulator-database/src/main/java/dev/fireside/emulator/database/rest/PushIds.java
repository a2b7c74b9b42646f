package dev.fireside.emulator.database.rest;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// Keys of 20 characters that sort by the time at which they were made, as the SDKs' `push` does.
final class PushIds {
  private static final String DIGITS =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  private static final int BASE = 64;
  private static final int TIME_DIGITS = 8;
  private static final int RANDOM_DIGITS = 12;

  private final Clock clock;
  private final RandomGenerator random = new SecureRandom();
  private final int[] tail = new int[RANDOM_DIGITS];
  private long last = -1;

  PushIds(Clock clock) {
    this.clock = clock;
  }

  synchronized String next() {
    long now = Math.max(last, clock.millis());
    if (now == last) {
      increment();
    } else {
      for (int i = 0; i < RANDOM_DIGITS; i++) {
        tail[i] = random.nextInt(BASE);
      }
    }
    last = now;
    var id = new StringBuilder();
    for (int i = TIME_DIGITS - 1; i >= 0; i--) {
      id.append(DIGITS.charAt((int) (now >> (6 * i) & (BASE - 1))));
    }
    for (int digit : tail) {
      id.append(DIGITS.charAt(digit));
    }
    return id.toString();
  }

  /// A second key of one millisecond stands after the first.
  private void increment() {
    int i = RANDOM_DIGITS - 1;
    while (i >= 0 && tail[i] == BASE - 1) {
      tail[i] = 0;
      i--;
    }
    if (i >= 0) {
      tail[i]++;
    }
  }
}
