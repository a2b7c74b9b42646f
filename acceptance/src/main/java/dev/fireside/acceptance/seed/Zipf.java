package dev.fireside.acceptance.seed;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// Draws ranks from a power law: rank `i` (from 0) with weight `1 / (i + 1)^exponent`.
final class Zipf {
  private final double[] cumulative;

  Zipf(int ranks, double exponent) {
    cumulative = new double[ranks];
    double sum = 0;
    for (int i = 0; i < ranks; i++) {
      sum += 1 / Math.pow(i + 1.0, exponent);
      cumulative[i] = sum;
    }
  }

  int draw(RandomGenerator random) {
    double at = random.nextDouble() * cumulative[cumulative.length - 1];
    int index = Arrays.binarySearch(cumulative, at);
    return Math.min(cumulative.length - 1, index < 0 ? -index - 1 : index);
  }
}
