package dev.fireside.payments.effects;

/// Hears of every step, so that a test can crash the process at each of them.
@FunctionalInterface
interface Progress {
  /// Nobody listens.
  Progress UNHEARD = step -> {};

  void at(String step);
}
