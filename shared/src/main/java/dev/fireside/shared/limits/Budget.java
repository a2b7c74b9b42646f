package dev.fireside.shared.limits;

import java.time.Duration;

/// How many calls in how much time; unused ones are refilled steadily.
///
/// @param name names the bucket: routes with one name share it
/// @param calls size of the bucket
/// @param per time in which an empty bucket is full again
public record Budget(String name, long calls, Duration per) {
  public Budget {
    if (calls < 1 || per.isZero() || per.isNegative()) {
      throw new IllegalArgumentException("A budget needs calls and time");
    }
  }
}
