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
/// @param contested how much of the price open disputes are about, wherever its money is: as much
///   of what was bought waits; [#WHOLE] for all of it
/// @param forfeited how much of the price was lost: as much of what was bought is taken back;
///   [#WHOLE] for all of it
public record Disputes(
    boolean open,
    long disputed,
    long lost,
    Map<String, Long> fees,
    long contested,
    long forfeited) {
  /// All of a price, and of what was bought for nothing.
  public static final long WHOLE = Long.MAX_VALUE;

  /// Nobody disputes it.
  public static final Disputes NONE = whole(false, 0, 0, Map.of());

  public Disputes {
    fees = Collections.unmodifiableMap(new TreeMap<>(fees));
  }

  /// Disputes of which each is about the whole price.
  public static Disputes whole(boolean open, long disputed, long lost, Map<String, Long> fees) {
    return new Disputes(open, disputed, lost, fees, open ? WHOLE : 0, lost > 0 ? WHOLE : 0);
  }
}
