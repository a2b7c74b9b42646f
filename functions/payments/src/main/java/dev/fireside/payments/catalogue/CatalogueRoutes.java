package dev.fireside.payments.catalogue;

import dev.fireside.economy.store.Catalogue;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;

/// `/api/catalogue`.
public final class CatalogueRoutes {
  private final EditCatalogue catalogue;

  public CatalogueRoutes(Platform platform) {
    this.catalogue =
        new EditCatalogue(
            new CatalogueStore(platform.documents()), new Catalogue(platform), platform.clock());
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/catalogue", Access.PUBLIC, this::products)
        .route("GET", "/api/catalogue/{id}", Access.PUBLIC, this::product)
        .route("PUT", "/api/catalogue/{id}", Access.ADMIN, this::editProduct);
  }

  private Response products(Request request) {
    return Response.ok(request.page("catalogue", catalogue::list, EditCatalogue.ProductView::id));
  }

  private Response product(Request request) {
    return Response.ok(catalogue.get(EditCatalogue.id(request.path("id"))));
  }

  private Response editProduct(Request request) {
    String id = EditCatalogue.id(request.path("id"));
    return Response.ok(catalogue.edit(request.body(input -> EditCatalogue.read(id, input))));
  }
}
