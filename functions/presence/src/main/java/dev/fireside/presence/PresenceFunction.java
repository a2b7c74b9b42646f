package dev.fireside.presence;

import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;

/// Answers `/api/presence`.
public final class PresenceFunction implements RoutedFunction {
  private final HttpApp app;

  public PresenceFunction() {
    this(Platform.current());
  }

  PresenceFunction(Platform platform) {
    this.app = new HttpApp(platform);
    new PresenceRoutes(new Stores(platform), platform.clock()).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
