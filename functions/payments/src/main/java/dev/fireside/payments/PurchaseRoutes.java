package dev.fireside.payments;

import dev.fireside.ledger.domain.Book;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import java.util.Map;

/// `/api/purchases`, `/api/entitlements` and `/api/catalogue`.
final class PurchaseRoutes {
  private final ReadPurchases purchases;
  private final ReadEntitlements entitlements;
  private final EditCatalogue catalogue;

  PurchaseRoutes(ReadPurchases purchases, ReadEntitlements entitlements, EditCatalogue catalogue) {
    this.purchases = purchases;
    this.entitlements = entitlements;
    this.catalogue = catalogue;
  }

  void addTo(HttpApp app) {
    app.route("GET", "/api/purchases", Access.USER, this::purchases)
        .route("GET", "/api/entitlements", Access.USER, this::entitlements)
        .route("GET", "/api/catalogue", Access.PUBLIC, this::products)
        .route("GET", "/api/catalogue/{id}", Access.PUBLIC, this::product)
        .route("PUT", "/api/catalogue/{id}", Access.ADMIN, this::editProduct);
  }

  private Response purchases(Request request) {
    Uid uid = request.caller().uid();
    Book book = Pages.book(request);
    return Pages.page(
        request,
        "purchases:" + book,
        (after, limit) -> purchases.read(uid, book, after, limit),
        ReadPurchases.Receipt::id);
  }

  private Response entitlements(Request request) {
    return Response.ok(
            Map.of("items", entitlements.read(request.caller().uid(), Pages.book(request))))
        .revalidated();
  }

  private Response products(Request request) {
    return Pages.page(request, "catalogue", catalogue::list, EditCatalogue.ProductView::id);
  }

  private Response product(Request request) {
    return Response.ok(catalogue.get(EditCatalogue.id(request.path("id"))));
  }

  private Response editProduct(Request request) {
    String id = EditCatalogue.id(request.path("id"));
    return Response.ok(catalogue.edit(request.body(input -> EditCatalogue.read(id, input))));
  }
}
