package dev.fireside.ledger;

/// Hears of every step, so that a test can crash the process at each of them.
@FunctionalInterface
public interface Progress {
  /// Nobody listens.
  Progress UNHEARD = step -> {};

  /// Comes to a step.
  void at(String step);
}
