package dev.fireside.payments.finance;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.settlement.domain.Period;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.limits.Budget;
import java.time.Clock;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// `/api/ledger/revenue` and `/api/ledger/tax`.
public final class RevenueRoutes {
  /// Each reads all journals of its months.
  private static final Budget REPORT = new Budget("payments-report", 20, Duration.ofMinutes(15));

  private static final int MONTHS_MAX = 12;

  private final ReadRevenue revenue;
  private final Clock clock;

  public RevenueRoutes(Platform platform) {
    this.revenue = new ReadRevenue(new LedgerStore(platform.documents()));
    this.clock = platform.clock();
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/ledger/revenue", Access.ADMIN, REPORT, this::revenue)
        .route("GET", "/api/ledger/tax", Access.ADMIN, REPORT, this::tax);
  }

  /// @param from the first month
  /// @param to the last one
  private record Months(Book book, YearMonth from, YearMonth to) {}

  private Response revenue(Request request) {
    Months months = months(request);
    return request.whole(
        ReadRevenue.SHEET,
        soon -> revenue.revenue(months.book(), months.from(), months.to(), soon));
  }

  private Response tax(Request request) {
    Months months = months(request);
    return request.whole(
        ReadRevenue.TAX_SHEET,
        soon -> revenue.tax(months.book(), months.from(), months.to(), soon));
  }

  private Months months(Request request) {
    YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    YearMonth from = month(request, "from", now);
    YearMonth to = month(request, "to", from);
    if (to.isBefore(from) || to.isAfter(from.plusMonths(MONTHS_MAX - 1))) {
      throw Request.invalidQuery("to", "must be " + MONTHS_MAX + " months from `from` at most");
    }
    return new Months(request.queryOneOf("book", Book.LIVE), from, to);
  }

  private static YearMonth month(Request request, String name, YearMonth fallback) {
    String text = request.query(name, 100).orElse(null);
    return text == null
        ? fallback
        : Period.month(text)
            .orElseThrow(() -> Request.invalidQuery(name, "must be a month such as 2026-01"));
  }
}
