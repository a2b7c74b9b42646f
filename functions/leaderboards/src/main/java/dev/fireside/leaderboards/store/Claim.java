package dev.fireside.leaderboards.store;

/// What came of claiming a period for settlement.
public sealed interface Claim {
  /// It is this worker's to settle.
  record Mine(Work work) implements Claim {}

  /// Another worker is at it.
  record Taken() implements Claim {}

  /// It takes no more scores, and waits until its rewards are due.
  record Held() implements Claim {}

  /// It is settled already.
  record Settled() implements Claim {}

  /// The board was deleted.
  record Gone() implements Claim {}
}
