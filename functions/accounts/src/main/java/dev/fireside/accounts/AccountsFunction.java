package dev.fireside.accounts;

import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;

/// Answers `/api/users`.
public final class AccountsFunction implements RoutedFunction {
  private final HttpApp app;

  public AccountsFunction() {
    this(Platform.current());
  }

  AccountsFunction(Platform platform) {
    this.app = new HttpApp(platform);
    new ProfileRoutes(platform).addTo(app);
    new LinkRoutes(platform).addTo(app);
    new StaffRoutes(platform).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
