package dev.fireside.play.domain;

/// What is kept of a submission that was taken, so that it counts once.
///
/// @param firmly until when it is not forgotten for another one, in milliseconds since 1970
/// @param until when it is forgotten in any case, in milliseconds since 1970
/// @param fingerprint whether what comes with the same key is the same
public record Remembered(long firmly, long until, String fingerprint) {}
