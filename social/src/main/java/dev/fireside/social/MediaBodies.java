package dev.fireside.social;

import dev.fireside.shared.http.Input;
import dev.fireside.social.domain.Media;

/// Reads pictures and videos from bodies.
public final class MediaBodies {
  private static final int URL_MAX = 2_000;

  /// Larger than any screen or camera.
  private static final int PIXELS_MAX = 32_768;

  private MediaBodies() {}

  /// One picture or video.
  public static Media media(Input in) {
    String type = in.text("type", 1, 20);
    if (!type.isEmpty() && !type.equals("image") && !type.equals("video")) {
      in.reject("type", "must be one of image, video");
    }
    String url = in.url("url", URL_MAX);
    return new Media(
        type,
        url,
        (int) in.number("width", 1, PIXELS_MAX),
        (int) in.number("height", 1, PIXELS_MAX));
  }
}
