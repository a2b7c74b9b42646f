package dev.fireside.benchmarks.load;

import java.util.Arrays;

/// How long calls took, each one of them: percentiles are exact. Not for several threads at once.
public final class Latencies {
  private static final int FIRST_CAPACITY = 4_096;

  private long[] nanos = new long[FIRST_CAPACITY];
  private int count;

  public void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = duration;
  }

  public void addAll(Latencies other) {
    if (count + other.count > nanos.length) {
      nanos = Arrays.copyOf(nanos, Math.max(nanos.length * 2, count + other.count));
    }
    System.arraycopy(other.nanos, 0, nanos, count, other.count);
    count += other.count;
  }

  public int count() {
    return count;
  }

  /// The time within which a share of the calls were done, in milliseconds; NaN without calls.
  ///
  /// @param share between 0 and 1
  public double millis(double share) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    int index = (int) Math.ceil(share * count) - 1;
    return sorted[Math.clamp(index, 0, count - 1)] / 1e6;
  }
}
