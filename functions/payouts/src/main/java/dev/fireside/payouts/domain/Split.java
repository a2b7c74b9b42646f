package dev.fireside.payouts.domain;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A pool shared by weights in whole units, by largest remainder: what rounding down leaves goes,
/// one unit each, to those who lost most by it; where they lost alike, to the first by name.
///
/// @param shares units by name, for every name that has a weight
/// @param rest what nobody gets: all of the pool where nobody has a weight above zero, else 0
public record Split(Map<String, Long> shares, long rest) {
  public Split {
    shares = java.util.Collections.unmodifiableMap(new TreeMap<>(shares));
  }

  private record Remainder(String name, BigInteger lost) {}

  /// Shares a pool. Throws [IllegalArgumentException] for a negative pool or weight.
  public static Split of(long pool, Map<String, Long> weights) {
    if (pool < 0) {
      throw new IllegalArgumentException("A pool is not negative");
    }
    BigInteger total = BigInteger.ZERO;
    for (long weight : weights.values()) {
      if (weight < 0) {
        throw new IllegalArgumentException("A weight is not negative");
      }
      total = total.add(BigInteger.valueOf(weight));
    }
    var shares = new TreeMap<String, Long>();
    weights.keySet().forEach(name -> shares.put(name, 0L));
    if (total.signum() == 0) {
      return new Split(shares, pool);
    }
    long left = pool;
    List<Remainder> remainders = new ArrayList<>();
    for (Map.Entry<String, Long> weight : weights.entrySet()) {
      // Seconds times cents of a large month are past what a long holds.
      BigInteger[] part =
          BigInteger.valueOf(pool)
              .multiply(BigInteger.valueOf(weight.getValue()))
              .divideAndRemainder(total);
      shares.put(weight.getKey(), part[0].longValueExact());
      left -= part[0].longValueExact();
      remainders.add(new Remainder(weight.getKey(), part[1]));
    }
    remainders.sort(
        Comparator.comparing(Remainder::lost).reversed().thenComparing(Remainder::name));
    for (int i = 0; i < left; i++) {
      shares.merge(remainders.get(i).name(), 1L, Math::addExact);
    }
    return new Split(shares, 0);
  }
}
