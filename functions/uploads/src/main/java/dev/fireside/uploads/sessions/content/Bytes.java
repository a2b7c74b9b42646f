package dev.fireside.uploads.sessions.content;

/// The bytes of an upload, read in pieces.
public interface Bytes {
  /// How many there are.
  long size();

  /// Some of them: fewer than asked for only where they end.
  ///
  /// @param length at most 8 MiB
  byte[] read(long from, int length);
}
