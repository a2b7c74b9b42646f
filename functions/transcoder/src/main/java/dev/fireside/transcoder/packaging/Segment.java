package dev.fireside.transcoder.packaging;

/// Part of a file that can be fetched and played by itself.
///
/// @param offset where it begins
/// @param bytes how long it is
/// @param seconds how long it plays
record Segment(long offset, long bytes, double seconds) {}
