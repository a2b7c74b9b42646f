package dev.fireside.shared.config;

import java.time.Duration;

/// How much a process does at once, and for how long somebody waits.
///
/// @param firestoreCalls calls of Firestore under way at once for requests; events have half as
///   many of their own
/// @param redisCalls the same for Redis
/// @param realtimeCalls the same for the Realtime Databases, all together
/// @param readDeadline after which a read is given up
/// @param writeDeadline after which a write is given up
/// @param streamDeadline after which an answer that is streamed is given up
public record LoadLimits(
    int firestoreCalls,
    int redisCalls,
    int realtimeCalls,
    Duration readDeadline,
    Duration writeDeadline,
    Duration streamDeadline) {}
