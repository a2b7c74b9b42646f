package dev.fireside.uploads.videos.domain;

import dev.fireside.social.domain.Visibility;

/// Who may watch a video.
public enum VideoVisibility {
  PUBLIC,
  /// Whoever has the link; it is in no list.
  UNLISTED,
  FOLLOWERS,
  PRIVATE;

  /// By which rule it is seen.
  public Visibility sight() {
    return switch (this) {
      case PUBLIC, UNLISTED -> Visibility.PUBLIC;
      case FOLLOWERS -> Visibility.FOLLOWERS;
      case PRIVATE -> Visibility.PRIVATE;
    };
  }

  /// Whether anybody may watch it.
  public boolean isOpen() {
    return sight() == Visibility.PUBLIC;
  }

  /// The visibility of its post: with the link one reaches the video, and nothing that leads there.
  public Visibility ofPost() {
    return this == UNLISTED ? Visibility.PRIVATE : sight();
  }
}
