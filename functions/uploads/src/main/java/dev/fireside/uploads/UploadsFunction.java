package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;
import dev.fireside.uploads.playback.PlaybackRoutes;
import dev.fireside.uploads.sessions.UploadRoutes;
import dev.fireside.uploads.videos.VideoRoutes;

/// Answers `/api/uploads` and `/api/videos`.
public final class UploadsFunction implements RoutedFunction {
  private final HttpApp app;

  public UploadsFunction() {
    this(Platform.current());
  }

  UploadsFunction(Platform platform) {
    this.app = new HttpApp(platform);
    new UploadRoutes(platform).addTo(app);
    new VideoRoutes(platform).addTo(app);
    new PlaybackRoutes(platform).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
