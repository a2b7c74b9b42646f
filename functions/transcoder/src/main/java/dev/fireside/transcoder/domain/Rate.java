package dev.fireside.transcoder.domain;

import java.math.BigInteger;
import java.util.List;

/// Frames a second, as a fraction: 30000/1001 is what televisions call 29.97.
///
/// @param frames above 0
/// @param seconds above 0
public record Rate(long frames, long seconds) {
  /// The most that is served.
  public static final int MAX = 60;

  private static final Rate MIN = new Rate(1, 1);
  private static final double STEADY = 0.01;
  private static final List<Rate> USUAL =
      List.of(
          new Rate(10, 1),
          new Rate(15, 1),
          new Rate(24, 1),
          new Rate(25, 1),
          new Rate(30, 1),
          new Rate(50, 1),
          new Rate(60, 1));

  public Rate {
    if (frames <= 0 || seconds <= 0) {
      throw new IllegalArgumentException("No frame rate: " + frames + "/" + seconds);
    }
    long divisor = BigInteger.valueOf(frames).gcd(BigInteger.valueOf(seconds)).longValueExact();
    frames /= divisor;
    seconds /= divisor;
  }

  /// The steady rate that a clip is served with: its own where that is steady, else the next usual
  /// one above its average. A rate beyond [#MAX] is divided, so that frames are left out evenly;
  /// one below a frame a second is lifted.
  ///
  /// @param average frames by duration
  /// @param base the lowest rate of which all times are multiples
  public static Rate served(Rate average, Rate base) {
    boolean steady = Math.abs(base.value() / average.value() - 1) < STEADY;
    Rate rate = steady ? base : usual(average);
    if (rate.value() < 1) {
      return MIN;
    }
    long divisor = (long) Math.ceil(rate.value() / MAX - STEADY / MAX);
    return divisor > 1 ? new Rate(rate.frames, rate.seconds * divisor) : rate;
  }

  private static Rate usual(Rate average) {
    return USUAL.stream()
        .filter(rate -> rate.value() >= average.value() * (1 - STEADY))
        .findFirst()
        .orElse(average);
  }

  public double value() {
    return (double) frames / seconds;
  }

  /// Frames from one key frame to the next.
  public int keyFrameDistance(int seconds) {
    return Math.max(1, (int) Math.round(value() * seconds));
  }

  /// As ffmpeg and manifests write it.
  @Override
  public String toString() {
    return seconds == 1 ? Long.toString(frames) : frames + "/" + seconds;
  }
}
