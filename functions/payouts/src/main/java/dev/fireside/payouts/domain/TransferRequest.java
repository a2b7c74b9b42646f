package dev.fireside.payouts.domain;

import java.time.Duration;
import java.time.Instant;

/// What Stripe is asked for, and by which key.
///
/// @param amount in minor units
/// @param account Stripe's id of the account that it goes to
/// @param round how often the payout was put under way, from 1; more than once where it was given
///   up before
/// @param attempt the number of the idempotency key, from 1
/// @param attemptAt when that key was used first
/// @param answer what became of the last call
public record TransferRequest(
    long amount, String account, int round, int attempt, Instant attemptAt, Answer answer) {
  /// Stripe keeps an idempotency key for at least 24 hours; ours end earlier, so that no clock
  /// matters.
  public static final Duration KEY_LIFE = Duration.ofHours(20);

  /// How long one process has for a call before another may ask what became of it.
  public static final Duration LEASE = Duration.ofMinutes(5);

  /// How long to wait for an account that is closed, or for money.
  public static final Duration PATIENCE = Duration.ofHours(6);

  /// How often the wait after a refusal doubles: up to 32 days.
  private static final int DOUBLINGS = 7;

  /// What Stripe answered last.
  public enum Answer {
    /// Nothing: not asked yet, or the answer was lost.
    UNKNOWN(LEASE),
    /// That our balance is too low; the key stands for that answer.
    NO_FUNDS(PATIENCE),
    /// A failure of its own; the key stands for that answer.
    FAILED(LEASE);

    private final Duration pause;

    Answer(Duration pause) {
      this.pause = pause;
    }

    /// How long to wait after it.
    Duration pause() {
      return pause;
    }
  }

  /// The first request of a payout.
  static TransferRequest first(long amount, String account, Instant now) {
    return new TransferRequest(amount, account, 1, 1, now, Answer.UNKNOWN);
  }

  /// A new request, after this one was given up.
  TransferRequest again(long owed, String destination, Instant now) {
    return new TransferRequest(owed, destination, round + 1, attempt + 1, now, Answer.UNKNOWN);
  }

  TransferRequest retried(Instant now) {
    return keyHolds(now)
        ? this
        : new TransferRequest(amount, account, round, attempt + 1, now, Answer.UNKNOWN);
  }

  TransferRequest answered(Answer next) {
    return new TransferRequest(amount, account, round, attempt, attemptAt, next);
  }

  Duration pauseAfterRefusal() {
    return PATIENCE.multipliedBy(1L << Math.min(round - 1, DOUBLINGS));
  }

  /// Whether the key may be used again: Stripe still knows it, and it does not stand for a failure.
  public boolean keyHolds(Instant now) {
    return answer == Answer.UNKNOWN && now.isBefore(attemptAt.plus(KEY_LIFE));
  }

  /// The idempotency key at Stripe of a payout.
  public String key(String payout) {
    return attempt == 1 ? "payout:" + payout : "payout:" + payout + ":" + attempt;
  }
}
