package dev.fireside.uploads.sessions.domain;

/// Where an upload stands, as it is kept.
public enum UploadState {
  /// Bytes are missing, or nobody has said yet that all are there.
  WAITING,
  /// All bytes are there; it is being made sure what they are.
  CHECKING,
  /// It can be used.
  ACCEPTED,
  /// It cannot be used, and its bytes are gone or going.
  REFUSED,
  /// Its owner gave it up; it is removed.
  CANCELLED;

  /// Whether its part of the quota is given back when it comes to nothing: what was accepted has
  /// cost what it costs.
  public boolean isReserved() {
    return this == WAITING || this == CHECKING;
  }

  /// Whether it counts against its owner's quota.
  public boolean counts() {
    return this == WAITING || this == CHECKING || this == ACCEPTED;
  }
}
