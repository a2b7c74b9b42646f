package dev.fireside.payouts;

import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;

/// Answers `/api/payouts`.
public final class PayoutsFunction implements RoutedFunction {
  private final HttpApp app;

  public PayoutsFunction() {
    this(Platform.current());
  }

  PayoutsFunction(Platform platform) {
    this.app = new HttpApp(platform);
    new PayoutRoutes(platform).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
