package dev.fireside.benchmarks.leaderboards;

/// Somebody who plays.
///
/// @param uid the server's id of the person
/// @param token a bearer token
record Player(String uid, String token) {}
