package dev.fireside.play.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What is known of a period beside its ranks; `leaderboards/{board}/periods/{key}`.
///
/// @param size how many players have an entry, on boards with a maximum; 0 elsewhere
/// @param entries how many players were ranked when it was frozen; 0 before
/// @param chunks how many chunks hold its final ranks; 0 before
/// @param rewardedThrough the last rank whose reward was given
/// @param settledAt when all was done; null before
/// @param endedEarlyAt when an admin ended it before its time; null where nobody did
public record PeriodRecord(
    Period period,
    PeriodState state,
    long size,
    long entries,
    int chunks,
    long rewardedThrough,
    @Nullable Instant settledAt,
    @Nullable Instant endedEarlyAt) {}
