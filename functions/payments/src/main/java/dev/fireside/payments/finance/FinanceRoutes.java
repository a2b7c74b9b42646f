package dev.fireside.payments.finance;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import java.util.List;
import java.util.Map;

/// `/api/payments`: what support and finance ask.
public final class FinanceRoutes {
  private static final String ALL = "all";
  private static final int REASON_MAX = 500;

  private final ReadWaiting waiting;
  private final AssignPurchase assign;

  public FinanceRoutes(Platform platform) {
    var purchases = new PurchaseStore(platform.documents());
    this.waiting = new ReadWaiting(purchases);
    this.assign = new AssignPurchase(platform, purchases);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/payments/waiting", Access.ADMIN, this::waiting)
        .route("POST", "/api/payments/waiting/{id}/person", Access.ADMIN, this::assign);
  }

  private Response waiting(Request request) {
    Book book = request.queryOneOf("book", Book.LIVE);
    String kind = request.queryOneOf("reason", List.of(ALL, Purchase.PRODUCT, Purchase.CUSTOMER));
    return request.list(
        "waiting:" + book + ":" + kind,
        ReadWaiting.SHEET,
        (after, limit) ->
            Part.of(
                    waiting.read(book, kind.equals(ALL) ? null : kind, after, limit + 1),
                    limit,
                    PurchaseStore::position)
                .map(ReadWaiting::view));
  }

  private Response assign(Request request) {
    PurchaseKey key =
        PurchaseKey.find(request.path("id"))
            .orElseThrow(() -> ProblemException.notFound("purchase"));
    Uid by = request.caller().uid();
    AssignPurchase.Said said =
        request.body(input ->
            new AssignPurchase.Said(
                request.newId(),
                input.uid("uid"),
                by,
                input.optionalText("reason", 1, REASON_MAX)));
    assign.assign(key, said);
    return Response.ok(Map.of("id", key.name(), "uid", said.person()));
  }
}
