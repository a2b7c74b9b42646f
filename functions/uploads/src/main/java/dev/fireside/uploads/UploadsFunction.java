package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;
import dev.fireside.uploads.sessions.UploadRoutes;

/// Answers `/api/uploads` and `/api/videos`.
public final class UploadsFunction implements RoutedFunction {
  private final HttpApp app;

  public UploadsFunction() {
    this(Platform.current());
  }

  UploadsFunction(Platform platform) {
    this.app = new HttpApp(platform);
    new UploadRoutes(platform).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
