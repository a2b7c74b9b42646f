package dev.fireside.payments.reviews.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What one person gave back alone in the last 24 hours.
public record Alone(List<Given> given) {
  /// How long it counts.
  public static final Duration DAY = Duration.ofHours(24);

  /// How many refunds one person decides alone in that time, at most.
  static final int GIVEN_MAX = 1_000;

  public Alone {
    given = List.copyOf(given);
  }

  /// Money that one decision gave back.
  ///
  /// @param doubt the id of the case
  public record Given(String doubt, Instant at, long minor, String currency) {}

  /// Whether somebody else must decide too, so that it does not come to so much.
  ///
  /// @param amounts what is to be given back, in minor units by currency
  /// @param from in US dollars, or about as much of other currencies
  public boolean isFull(Map<String, Long> amounts, long from, Instant now) {
    List<Given> recent = since(now);
    long cents = recent.stream().mapToLong(one -> Dollars.cents(one.currency(), one.minor())).sum();
    for (Map.Entry<String, Long> amount : amounts.entrySet()) {
      cents += Dollars.cents(amount.getKey(), amount.getValue());
    }
    return recent.size() >= GIVEN_MAX || cents >= from * 100;
  }

  /// This and what a decision gives back, without what does not count any more.
  public Alone with(String doubt, Map<String, Long> amounts, Instant now) {
    var all = new ArrayList<>(since(now));
    amounts.forEach((currency, minor) -> all.add(new Given(doubt, now, minor, currency)));
    return new Alone(all);
  }

  private List<Given> since(Instant now) {
    return given.stream().filter(one -> one.at().plus(DAY).isAfter(now)).toList();
  }
}
