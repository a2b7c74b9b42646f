package dev.fireside.payments.purchases.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What the disputes of one payment come to, in minor units.
///
/// @param open whether one is not settled yet
/// @param disputed money that is away until then
/// @param lost money that is gone
/// @param fees what they cost beside, by currency
public record Disputes(boolean open, long disputed, long lost, Map<String, Long> fees) {
  /// Nobody disputes it.
  public static final Disputes NONE = new Disputes(false, 0, 0, Map.of());

  public Disputes {
    fees = Collections.unmodifiableMap(new TreeMap<>(fees));
  }
}
