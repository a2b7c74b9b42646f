package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.purchases.store.HoldingStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import java.util.Map;

/// `/api/purchases` and `/api/entitlements`.
public final class PurchaseRoutes {
  private final ReadPurchases purchases;
  private final ReadEntitlements entitlements;

  public PurchaseRoutes(Platform platform) {
    var holdings = new HoldingStore(platform.documents());
    this.purchases = new ReadPurchases(holdings);
    this.entitlements = new ReadEntitlements(holdings, platform.clock());
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/purchases", Access.USER, this::purchases)
        .route("GET", "/api/payments/users/{uid}/purchases", Access.MODERATOR, this::purchasesOf)
        .route("GET", "/api/entitlements", Access.USER, this::entitlements);
  }

  private Response purchases(Request request) {
    return receipts(request, request.caller().uid());
  }

  private Response purchasesOf(Request request) {
    return receipts(request, request.uid("uid"));
  }

  private Response receipts(Request request, Uid uid) {
    Book book = request.queryOneOf("book", Book.LIVE);
    return request.list(
        "purchases:" + uid + ":" + book,
        ReadPurchases.SHEET,
        (after, limit) -> purchases.read(uid, book, after, limit),
        ReadPurchases.Receipt::id);
  }

  private Response entitlements(Request request) {
    return Response.ok(
            Map.of(
                "items",
                entitlements.read(request.caller().uid(), request.queryOneOf("book", Book.LIVE))))
        .revalidated();
  }
}
