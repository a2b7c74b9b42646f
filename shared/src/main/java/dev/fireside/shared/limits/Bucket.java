package dev.fireside.shared.limits;

/// How much of a budget is used up: a bucket that leaks steadily. What is kept does not depend on
/// the budget, so that another limit holds from the next call on.
///
/// @param used calls that are not forgotten yet, in millionths
/// @param atMillis as of when
record Bucket(long used, long atMillis) {
  static final long CALL = 1_000_000;

  /// Nothing used.
  static Bucket empty(long nowMillis) {
    return new Bucket(0, nowMillis);
  }

  /// The same bucket later: what has leaked meanwhile is gone.
  Bucket at(long nowMillis, Budget budget) {
    // A clock that is behind the one before forgets nothing, and does not set it back.
    double leaked =
        (double) Math.max(0, nowMillis - atMillis) * size(budget) / budget.per().toMillis();
    return new Bucket((long) Math.max(0, used - leaked), Math.max(nowMillis, atMillis));
  }

  /// The same bucket after one more call.
  Bucket plusCall() {
    return new Bucket(used + CALL, atMillis);
  }

  boolean hasRoom(Budget budget) {
    return used + CALL <= size(budget);
  }

  /// What is said of a bucket once a call was counted or refused.
  Decision decision(boolean allowed, Budget budget) {
    long room = size(budget) - used;
    return new Decision(
        allowed,
        budget,
        Math.max(0, room / CALL),
        seconds(used, budget),
        allowed ? 0 : seconds(CALL - room, budget));
  }

  /// How long an amount takes to leak, in seconds, rounded up.
  private static long seconds(long amount, Budget budget) {
    double millis = (double) Math.max(0, amount) * budget.per().toMillis() / size(budget);
    return Math.ceilDiv(Math.round(millis), 1_000L);
  }

  private static long size(Budget budget) {
    return budget.calls() * CALL;
  }
}
