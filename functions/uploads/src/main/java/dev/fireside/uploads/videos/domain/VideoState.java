package dev.fireside.uploads.videos.domain;

/// How far a video is.
public enum VideoState {
  /// Nothing of it can be played yet.
  PROCESSING,
  /// It can be played; further qualities may follow.
  READY,
  /// It cannot be made.
  FAILED,
  /// Its owner deleted it; what was made of it is removed.
  DELETED
}
