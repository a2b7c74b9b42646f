package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;

/// Answers `/api/feed`, `/api/trending` and `/api/hashtags`.
public final class FeedFunction implements RoutedFunction {
  private final HttpApp app;

  public FeedFunction() {
    this(Platform.current());
  }

  FeedFunction(Platform platform) {
    this.app = new HttpApp(platform);
    new FeedRoutes(platform).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
