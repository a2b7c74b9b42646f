package dev.fireside.games.domain;

/// How far players are trusted to report their points themselves.
///
/// @param perCall most points of one call
/// @param total points that nobody can pass this way
public record SelfReport(long perCall, long total) {}
