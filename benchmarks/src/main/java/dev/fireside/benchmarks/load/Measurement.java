package dev.fireside.benchmarks.load;

/// What a load came to.
///
/// @param latencies of the calls that succeeded
/// @param errors how many calls failed
/// @param bytes of all answers' bodies
/// @param seconds how long it went
public record Measurement(Latencies latencies, long errors, long bytes, double seconds) {
  /// Nothing yet.
  public static Measurement none() {
    return new Measurement(new Latencies(), 0, 0, 0);
  }

  /// Both together.
  public Measurement plus(Measurement other) {
    var all = new Latencies();
    all.addAll(latencies);
    all.addAll(other.latencies);
    return new Measurement(
        all, errors + other.errors, bytes + other.bytes, seconds + other.seconds);
  }

  public double perSecond() {
    return seconds == 0 ? 0 : latencies.count() / seconds;
  }

  /// Mean size of an answer, in bytes.
  public long answerBytes() {
    return latencies.count() == 0 ? 0 : bytes / latencies.count();
  }
}
