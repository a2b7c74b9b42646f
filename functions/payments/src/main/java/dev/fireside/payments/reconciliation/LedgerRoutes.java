package dev.fireside.payments.reconciliation;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;
import java.util.Map;

/// `/api/ledger`: the books, to be read only.
public final class LedgerRoutes {
  /// Each reads the whole ledger.
  private static final Budget PROOF = new Budget("payments-proof", 20, Duration.ofMinutes(15));

  private final ReadLedger ledger;

  public LedgerRoutes(Platform platform) {
    this.ledger = new ReadLedger(new LedgerStore(platform.documents()));
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/ledger/statement", Access.USER, this::ownStatement)
        .route("GET", "/api/ledger/users/{uid}", Access.ADMIN, this::statement)
        .route("GET", "/api/ledger/journals/{id}", Access.ADMIN, this::journal)
        .route("GET", "/api/ledger/sales/{id}", Access.MODERATOR, this::sale)
        .route("GET", "/api/ledger/accounts/{account}", Access.ADMIN, this::account)
        .route("GET", "/api/ledger/trial-balance", Access.ADMIN, PROOF, this::trialBalance)
        .route("GET", "/api/ledger/proof", Access.ADMIN, PROOF, _ -> Response.ok(ledger.prove()));
  }

  private Response ownStatement(Request request) {
    Uid uid = request.caller().uid();
    Book book = request.queryOneOf("book", Book.LIVE);
    return request.list(
        "statement:" + book,
        ReadLedger.JOURNALS,
        (after, limit) -> ledger.ownStatement(uid, book, after, limit),
        ReadLedger.JournalView::id);
  }

  private Response statement(Request request) {
    Uid uid = request.uid("uid");
    Book book = request.queryOneOf("book", Book.LIVE);
    return request.list(
        "statement:" + uid + ":" + book,
        ReadLedger.JOURNALS,
        (after, limit) -> ledger.statement(uid, book, after, limit),
        ReadLedger.JournalView::id);
  }

  private Response journal(Request request) {
    String id = request.path("id");
    if (!DocumentNames.fits(id)) {
      throw ProblemException.notFound("journal");
    }
    return Response.ok(ledger.journal(id));
  }

  private Response sale(Request request) {
    String id = request.path("id");
    if (!DocumentNames.fits(id)) {
      throw ProblemException.notFound("sale");
    }
    return request.list(
        "sale:" + id,
        ReadLedger.JOURNALS,
        (after, limit) -> ledger.ofSale(id, after, limit),
        ReadLedger.JournalView::id);
  }

  private Response account(Request request) {
    Book book = request.queryOneOf("book", Book.LIVE);
    return Response.ok(Map.of("balances", ledger.balances(book, request.path("account"))));
  }

  private Response trialBalance(Request request) {
    Map<String, Long> sums = ledger.trialBalance();
    boolean zero = sums.values().stream().allMatch(sum -> sum == 0);
    return Response.ok(Map.of("balanced", zero, "sums", sums));
  }
}
