package dev.fireside.shared.limits;

/// Whether a call may go on.
///
/// @param allowed whether it may
/// @param budget the budget it was counted against
/// @param remaining calls left at the moment
/// @param resetSeconds seconds until the bucket is full again, rounded up
/// @param retryAfterSeconds seconds until the next call may go on, rounded up; 0 when allowed
public record Decision(
    boolean allowed, Budget budget, long remaining, long resetSeconds, long retryAfterSeconds) {}
