package dev.fireside.payments.fraud.domain;

/// How much happened in the last minute, hour and day.
public record Velocity(long minute, long hour, long day) {
  /// Nothing.
  public static final Velocity NONE = new Velocity(0, 0, 0);
}
