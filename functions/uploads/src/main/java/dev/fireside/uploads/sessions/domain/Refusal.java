package dev.fireside.uploads.sessions.domain;

/// Why an upload cannot be used. `docs/problems.md` explains each.
public enum Refusal {
  /// Not all bytes came in time.
  EXPIRED,
  /// Nothing was made of it in time.
  UNUSED,
  /// There are no bytes.
  EMPTY,
  /// Other than as many bytes as were announced.
  WRONG_SIZE,
  /// The bytes have another SHA-256 than was announced.
  WRONG_CHECKSUM,
  /// The bytes are not of a type that this kind of upload can have.
  WRONG_TYPE,
  /// The bytes are something else as well, such as a web page or an archive.
  POLYGLOT,
  /// The container names other files, as a playlist does.
  REFERENCES,
  /// The bytes end too early, or contradict themselves.
  BROKEN,
  /// The picture has more pixels than can be worked on.
  TOO_LARGE
}
