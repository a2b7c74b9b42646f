package dev.fireside.payments.reconciliation;

import dev.fireside.ledger.domain.AccountName;
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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;

/// `/api/ledger`: the books, to be read only.
public final class LedgerRoutes {
  /// Each reads the whole ledger.
  private static final Budget PROOF = new Budget("payments-proof", 20, Duration.ofMinutes(15));

  private static final String NEWEST = "newest";
  private static final String OLDEST = "oldest";
  private static final int NAME_MAX = 200;
  private static final LocalDate FIRST_DAY = LocalDate.EPOCH;
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private final ReadLedger ledger;

  public LedgerRoutes(Platform platform) {
    this.ledger = new ReadLedger(new LedgerStore(platform.documents()));
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/ledger/statement", Access.USER, this::ownStatement)
        .route("GET", "/api/ledger/users/{uid}", Access.ADMIN, this::statement)
        .route("GET", "/api/ledger/journals", Access.ADMIN, this::journals)
        .route("GET", "/api/ledger/journals/{id}", Access.ADMIN, this::journal)
        .route("GET", "/api/ledger/sales/{id}", Access.MODERATOR, this::sale)
        .route("GET", "/api/ledger/accounts", Access.ADMIN, this::accounts)
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

  private Response journals(Request request) {
    String kind = request.query("kind", NAME_MAX).orElse(null);
    String account = request.query("account", NAME_MAX).orElse(null);
    String order = request.queryOneOf("order", List.of(NEWEST, OLDEST));
    Instant from = day(request, "from", FIRST_DAY);
    Instant to = day(request, "to", LAST_DAY);
    if (from.isAfter(to)) {
      throw Request.invalidQuery("from", "must not be after `to`");
    }
    var range =
        new LedgerStore.Range(
            request.queryOneOf("book", Book.LIVE), from, to, kind, order.equals(NEWEST));
    return request.list(
        "journals:" + range + ":" + account,
        ReadLedger.JOURNALS,
        (after, limit) -> ledger.journals(range, account, after, limit));
  }

  /// The beginning of a day.
  private static Instant day(Request request, String name, LocalDate fallback) {
    String text = request.query(name, NAME_MAX).orElse(fallback.toString());
    try {
      LocalDate day = LocalDate.parse(text);
      if (!day.isBefore(FIRST_DAY) && !day.isAfter(LAST_DAY)) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
      }
    } catch (DateTimeParseException e) {
      // Reported below.
    }
    throw Request.invalidQuery(name, "must be a day such as 2026-01-31, from 1970 on");
  }

  private Response accounts(Request request) {
    Book book = request.queryOneOf("book", Book.LIVE);
    String kind = request.query("kind", NAME_MAX).orElse(null);
    if (kind != null && !AccountName.isKind(kind)) {
      throw Request.invalidQuery("kind", "is no kind of account, such as revenue");
    }
    return request.list(
        "accounts:" + book + ":" + kind,
        ReadLedger.ACCOUNTS,
        (after, limit) -> ledger.accounts(book, kind, after, limit));
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
