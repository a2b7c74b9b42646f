package dev.fireside.games.inventory;

import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Item;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.economy.store.ListCache;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import java.time.Duration;
import java.util.List;

/// Transport of the routes about the catalogue.
public final class CatalogueRoutes {
  private static final Duration PUBLIC_FOR = Duration.ofMinutes(1);

  private final ReadCatalogue readCatalogue;
  private final EditCatalogue editCatalogue;

  /// @param hotItems what else is made from the catalogue
  public CatalogueRoutes(Platform platform, ListCache<?> hotItems) {
    this.readCatalogue = new ReadCatalogue(platform);
    this.editCatalogue =
        new EditCatalogue(new Catalogue(platform), List.of(readCatalogue.cache(), hotItems));
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/inventory/catalogue", Access.PUBLIC, this::read)
        .route("PUT", "/api/inventory/catalogue/{item}", Access.ADMIN, this::putItem)
        .route("DELETE", "/api/inventory/catalogue/{item}", Access.ADMIN, this::retireItem)
        .route("PUT", "/api/inventory/currencies/{code}", Access.ADMIN, this::putCurrency)
        .route("DELETE", "/api/inventory/currencies/{code}", Access.ADMIN, this::retireCurrency);
  }

  private Response read(Request request) {
    return Response.ok(readCatalogue.read()).publicFor(PUBLIC_FOR);
  }

  private Response putItem(Request request) {
    String id = request.path("item");
    if (!ItemId.isValid(id)) {
      throw Refusals.field(
          ProblemType.INVALID_INPUT,
          "item",
          "must be 1 to 64 lower-case letters, digits, - or _, and start with a letter or digit");
    }
    Item item = request.body(in -> InventoryBodies.entry(new ItemId(id), in));
    editCatalogue.put(item);
    return Response.ok(CatalogueView.ItemView.of(item));
  }

  private Response putCurrency(Request request) {
    String code = request.path("code");
    if (!CurrencyCode.isValid(code)) {
      throw Refusals.field(
          ProblemType.INVALID_INPUT,
          "code",
          "must be 1 to 32 letters, digits, - or _, and start with a letter or digit");
    }
    var currency = request.body(in -> InventoryBodies.entry(new CurrencyCode(code), in));
    editCatalogue.put(currency);
    return Response.ok(CatalogueView.CurrencyView.of(currency));
  }

  private Response retireItem(Request request) {
    String id = request.path("item");
    if (!ItemId.isValid(id)) {
      throw ProblemException.notFound("item");
    }
    editCatalogue.retire(new ItemId(id));
    return Response.noContent();
  }

  private Response retireCurrency(Request request) {
    String code = request.path("code");
    if (!CurrencyCode.isValid(code)) {
      throw ProblemException.notFound("currency");
    }
    editCatalogue.retire(new CurrencyCode(code));
    return Response.noContent();
  }
}
