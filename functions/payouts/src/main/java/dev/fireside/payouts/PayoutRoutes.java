package dev.fireside.payouts;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payouts.domain.PayoutAccount;
import dev.fireside.payouts.domain.PayoutRun;
import dev.fireside.payouts.domain.Statement;
import dev.fireside.payouts.store.PayoutStore.Kept;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/// What is asked about creators' earnings over HTTP.
final class PayoutRoutes {
  /// Less than a request may take; the schedule does the rest.
  private static final Duration CLOSE_TIME = Duration.ofSeconds(30);

  private static final int DAYS_MAX = 366;
  private static final int VERSIONS_MAX = 1_000;
  private static final Pattern RUN = Pattern.compile("[0-9A-Za-z-]{5,40}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
  private static final Pattern ACCOUNT = Pattern.compile("acct_[A-Za-z0-9]{1,64}");

  private final OpenRun open;
  private final CloseRun close;
  private final CorrectStatement correct;
  private final RefreshAccount accounts;
  private final ReadPayouts read;
  private final Clock clock;

  PayoutRoutes(Platform platform) {
    var parts = new Parts(platform);
    this.open = parts.open();
    this.close = parts.close();
    this.correct = parts.correct();
    this.accounts = parts.refresh();
    this.read = new ReadPayouts(parts.store());
    this.clock = platform.clock();
  }

  /// Adds the routes.
  void addTo(HttpApp app) {
    app.route("POST", "/api/payouts", Access.ADMIN, this::open)
        .route("GET", "/api/payouts", Access.ADMIN, this::runs)
        .route("GET", "/api/payouts/statements", Access.USER, this::ownStatements)
        .route("GET", "/api/payouts/creators/{uid}/statements", Access.ADMIN, this::statementsOf)
        .route("PUT", "/api/payouts/accounts/{uid}", Access.ADMIN, this::link)
        .route("GET", "/api/payouts/{run}", Access.ADMIN, this::run)
        .route("POST", "/api/payouts/{run}/close", Access.ADMIN, this::close)
        .route("GET", "/api/payouts/{run}/statements", Access.ADMIN, this::statements)
        .route(
            "POST", "/api/payouts/{run}/statements/{uid}/corrections", Access.ADMIN, this::correct);
  }

  private Response open(Request request) {
    Kept run = open.open(request.body(PayoutRoutes::terms));
    return Response.created("/api/payouts/" + run.terms().id(), ReadPayouts.view(run));
  }

  private static PayoutRun terms(Input input) {
    String period = input.text("period", 1, 32);
    if (!period.isEmpty() && !PayoutRun.isPeriod(period)) {
      input.reject("period", "must be letters, digits and `-`, such as 2026-11");
    }
    String currency = input.text("currency", CURRENCY, "must be an ISO 4217 code");
    boolean known = isCurrency(currency);
    if (!currency.isEmpty() && !known) {
      input.reject("currency", "must be an ISO 4217 code");
    }
    return new PayoutRun(
        PayoutRun.isPeriod(period) ? period : "rejected",
        known ? currency : "EUR",
        input.number("watchPool", 0, 0, Money.MINOR_MAX),
        input.number("giftPool", 0, 0, Money.MINOR_MAX),
        (int) input.number("reserve", PayoutRun.WHOLE / 10, 0, PayoutRun.WHOLE),
        input.number("minimum", 1_000, 1, Money.MINOR_MAX),
        Duration.ofDays(input.number("holdDays", 14, 0, DAYS_MAX)),
        Duration.ofDays(input.number("reserveDays", 90, 0, DAYS_MAX)));
  }

  private static boolean isCurrency(String code) {
    try {
      return !code.isEmpty() && Money.exponentOf(code) >= 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private Response runs(Request request) {
    return request.list("payout-runs", PayoutSheets.RUNS, read::runs, ReadPayouts.RunView::id);
  }

  private Response run(Request request) {
    return Response.ok(read.run(id(request)));
  }

  private Response close(Request request) {
    return Response.ok(ReadPayouts.view(close.close(id(request), CLOSE_TIME)));
  }

  private Response statements(Request request) {
    String run = id(request);
    return request.list(
        "payout-statements:" + run,
        PayoutSheets.STATEMENTS,
        (after, limit) -> read.ofRun(run, after, limit),
        ReadPayouts.StatementView::id);
  }

  private Response statementsOf(Request request) {
    Uid uid = request.uid("uid");
    return request.list(
        "payout-statements-of:" + uid,
        PayoutSheets.STATEMENTS,
        (after, limit) -> read.ofCreator(uid, after, limit),
        ReadPayouts.StatementView::id);
  }

  private Response ownStatements(Request request) {
    return request.list(
        "own-payout-statements",
        PayoutSheets.STATEMENTS,
        (after, limit) -> read.ofCreator(request.caller().uid(), after, limit),
        ReadPayouts.StatementView::id);
  }

  private record Correction(int version, long amount, String reason) {}

  private Response correct(Request request) {
    Correction correction =
        request.body(input -> {
          long amount = input.number("amount", -Money.MINOR_MAX, Money.MINOR_MAX);
          if (amount == 0 && input.has("amount")) {
            input.reject("amount", "must not be 0");
          }
          return new Correction(
              (int) input.number("version", 2, VERSIONS_MAX), amount, input.text("reason", 1, 500));
        });
    Statement statement =
        correct.correct(
            id(request),
            request.uid("uid"),
            correction.version(),
            correction.amount(),
            correction.reason());
    return Response.ok(ReadPayouts.view(statement, Map.of()));
  }

  private Response link(Request request) {
    String account =
        request.body(input -> input.text("account", ACCOUNT, "must be like acct_1A2b3C"));
    PayoutAccount linked = accounts.link(request.uid("uid"), account);
    String closed = linked.closed(clock.instant()).orElse("");
    return Response.ok(
        Map.of("account", linked.account(), "open", closed.isEmpty(), "detail", closed));
  }

  private static String id(Request request) {
    String id = request.path("run");
    if (!RUN.matcher(id).matches()) {
      throw ProblemException.notFound("payout run");
    }
    return id;
  }
}
