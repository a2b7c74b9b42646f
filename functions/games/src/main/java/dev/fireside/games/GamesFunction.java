package dev.fireside.games;

import dev.fireside.games.events.EventRoutes;
import dev.fireside.games.events.HotItems;
import dev.fireside.games.inventory.CatalogueRoutes;
import dev.fireside.games.inventory.InventoryRoutes;
import dev.fireside.games.sessions.SessionRoutes;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;

/// Answers `/api/games`, `/api/inventory` and `/api/events`.
public final class GamesFunction implements RoutedFunction {
  private final HttpApp app;

  public GamesFunction() {
    this(Platform.current());
  }

  GamesFunction(Platform platform) {
    this.app = new HttpApp(platform);
    new SessionRoutes(platform).addTo(app);
    var hotItems = new HotItems(platform);
    new InventoryRoutes(platform).addTo(app);
    new CatalogueRoutes(platform, hotItems.cache()).addTo(app);
    new EventRoutes(platform, hotItems).addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}
