package dev.fireside.benchmarks.coldstart;

import java.util.Locale;
import java.util.stream.DoubleStream;

/// The least, the middle and the largest of some numbers.
record Spread(double min, double median, double max) {
  static Spread of(double... values) {
    double[] sorted = DoubleStream.of(values).sorted().toArray();
    int last = sorted.length - 1;
    return new Spread(sorted[0], (sorted[last / 2] + sorted[last - last / 2]) / 2, sorted[last]);
  }

  /// As `min / median / max`, with so many decimals.
  String text(int decimals) {
    String number = "%." + decimals + "f";
    return String.format(Locale.ROOT, number + " / " + number + " / " + number, min, median, max);
  }
}
