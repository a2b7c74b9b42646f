package dev.fireside.payments.settlement;

import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.purchases.Queue;
import dev.fireside.payments.settlement.domain.Period;
import dev.fireside.payments.settlement.domain.Statement;
import dev.fireside.payments.settlement.store.StatementStore;
import dev.fireside.payments.settlement.store.StatementStore.Row;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.http.Sheet;
import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.limits.Budget;
import dev.fireside.shared.lists.Part;
import dev.fireside.shared.store.Fields;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `/api/payments/settlements`: what stores paid, and what they still owe.
public final class SettlementRoutes {
  /// Each reads the journals of some months.
  private static final Budget READS = new Budget("payments-settlement", 30, Duration.ofMinutes(15));

  private static final String STRIPE = "stripe";
  private static final int TEXT_MAX = 40;
  private static final int MONTHS_MAX = 24;
  private static final int YEAR_MIN = 2_000;
  private static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,79}");
  private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

  private final StatementStore statements;
  private final RecordSettlement record;
  private final SettlementReport report;
  private final Clock clock;

  /// A settlement as it is shown; what only statements or only payouts have is absent of the other.
  ///
  /// @param kind statement (recorded by an admin) or payout (Stripe's)
  /// @param at when the money arrived, or will
  record SettlementView(
      String id,
      String kind,
      String store,
      String book,
      String reference,
      @Nullable String period,
      String currency,
      @Nullable Long gross,
      @Nullable Long commission,
      @Nullable Long tax,
      long paid,
      @Nullable Long expected,
      @Nullable Long difference,
      String status,
      Instant at,
      @Nullable String by,
      @Nullable String reversedBy) {}

  private static final Sheet<SettlementView> SHEET =
      Sheet.<SettlementView>named("settlements")
          .column("id", SettlementView::id)
          .column("kind", SettlementView::kind)
          .column("store", SettlementView::store)
          .column("book", SettlementView::book)
          .column("reference", SettlementView::reference)
          .column("period", SettlementView::period)
          .column("currency", SettlementView::currency)
          .column("gross", SettlementView::gross)
          .column("commission", SettlementView::commission)
          .column("tax", SettlementView::tax)
          .column("paid", SettlementView::paid)
          .column("expected", SettlementView::expected)
          .column("difference", SettlementView::difference)
          .column("status", SettlementView::status)
          .column("at", SettlementView::at)
          .column("by", SettlementView::by)
          .column("reversedBy", SettlementView::reversedBy)
          .sheet();

  public SettlementRoutes(Platform platform) {
    var ledger = new LedgerStore(platform.documents());
    this.clock = platform.clock();
    this.statements = new StatementStore(platform.documents());
    this.record =
        new RecordSettlement(
            statements,
            new Receivables(ledger),
            new Ledger(platform),
            new Queue(platform.redis()),
            clock);
    this.report = new SettlementReport(ledger, clock);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/payments/settlements", Access.ADMIN, this::list)
        .route("POST", "/api/payments/settlements", Access.ADMIN, READS, this::record)
        .route("GET", "/api/payments/settlements/report", Access.ADMIN, READS, this::report)
        .route("POST", "/api/payments/settlements/{id}/reversal", Access.ADMIN, this::reverse);
  }

  private Response list(Request request) {
    Book book = request.queryOneOf("book", Book.LIVE);
    String store = request.query("store", TEXT_MAX).orElse(null);
    if (store != null && !PurchaseKey.isStore(store)) {
      throw Request.invalidQuery("store", "is no name of a store");
    }
    return request.list(
        "settlements:" + book + ":" + store,
        SHEET,
        (after, limit) ->
            Part.of(statements.list(book, store, after, limit + 1), limit, Row::position)
                .map(SettlementRoutes::view));
  }

  private Response record(Request request) {
    String by = request.caller().uid().value();
    Statement statement = request.body(input -> statement(input, by));
    record.record(statement);
    return Response.ok(view(statements.find(statement.name()).orElseThrow()));
  }

  private Response reverse(Request request) {
    String id = request.path("id");
    if (!DocumentNames.fits(id)) {
      throw ProblemException.notFound("settlement");
    }
    record.reverse(id, request.caller().uid().value());
    return Response.ok(view(statements.find(id).orElseThrow()));
  }

  private Response report(Request request) {
    Book book = request.queryOneOf("book", Book.LIVE);
    YearMonth now = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    YearMonth to = month(request, "to", now);
    YearMonth from = month(request, "from", to.minusMonths(2));
    if (from.isAfter(to) || from.plusMonths(MONTHS_MAX).isBefore(now)) {
      throw Request.invalidQuery(
          "from", "must be a month before `to`, at most " + MONTHS_MAX + " months ago");
    }
    return request.list(
        "settlement:" + book + ":" + from + ":" + to,
        SettlementReport.SHEET,
        (after, limit) -> {
          List<SettlementReport.Row> rows = report.read(book, from, to);
          int start = after == null ? 0 : Math.min(rows.size(), Integer.parseInt(after));
          int end = Math.min(rows.size(), start + limit);
          return new Part<>(
              rows.subList(start, end), end == rows.size() ? null : String.valueOf(end));
        });
  }

  private static YearMonth month(Request request, String name, YearMonth fallback) {
    String text = request.query(name, TEXT_MAX).orElse(null);
    return text == null
        ? fallback
        : Period.month(text)
            .orElseThrow(() -> Request.invalidQuery(name, "must be a month such as 2026-11"));
  }

  private Statement statement(Input input, String by) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    String store = input.text("store", 1, TEXT_MAX).toLowerCase(Locale.ROOT);
    if (!store.isEmpty() && (!PurchaseKey.isStore(store) || store.equals(STRIPE))) {
      input.reject("store", "must be a store; Stripe reports its payouts itself");
    }
    String reference =
        input.text("reference", REFERENCE, "must be 1 to 80 letters, digits, dots, - and _");
    String currency = input.text("currency", CURRENCY, "must be an ISO 4217 code");
    checkCurrency(input, currency);
    Period period = period(input, today);
    LocalDate paidOn = day(input, today);
    return new Statement(
        store,
        reference,
        period,
        currency,
        amount(input, "gross", 0),
        amount(input, "commission", 0),
        amount(input, "tax", 0),
        amount(input, "paid", -Money.MINOR_MAX),
        paidOn.atStartOfDay(ZoneOffset.UTC).toInstant(),
        0,
        by,
        null);
  }

  private static void checkCurrency(Input input, String currency) {
    try {
      Money.exponentOf(currency);
    } catch (IllegalArgumentException e) {
      input.reject("currency", "must be an ISO 4217 code");
    }
  }

  private static long amount(Input input, String name, long min) {
    return input.number(name, min, Money.MINOR_MAX);
  }

  private static Period period(Input input, LocalDate today) {
    Period period = Period.parse(input.text("period", 1, TEXT_MAX)).orElse(null);
    if (period == null || period.from().isAfter(today)) {
      input.reject(
          "period", "must be a month such as 2026-11, or days such as 2026-11-01/2026-11-28");
      return Period.of(YearMonth.from(today));
    }
    return period;
  }

  /// When the money arrived.
  private static LocalDate day(Input input, LocalDate today) {
    try {
      LocalDate day = LocalDate.parse(input.text("paidOn", 1, TEXT_MAX));
      if (!day.isAfter(today.plusDays(1)) && day.getYear() >= YEAR_MIN) {
        return day;
      }
    } catch (DateTimeParseException e) {
      // Refused below.
    }
    input.reject("paidOn", "must be a day such as 2026-11-30, and not to come");
    return today;
  }

  private static SettlementView view(Row row) {
    Fields fields = row.fields();
    boolean stated = fields.names().contains("gross");
    return new SettlementView(
        row.id(),
        fields.requiredText("kind"),
        fields.requiredText("store"),
        fields.requiredText("book"),
        fields.requiredText("reference"),
        fields.text("period").orElse(null),
        fields.requiredText("currency"),
        stated ? fields.number("gross") : null,
        stated ? fields.number("commission") : null,
        stated ? fields.number("tax") : null,
        fields.number("paid"),
        stated ? fields.number("expected") : null,
        stated ? fields.number("difference") : null,
        fields.requiredText("status"),
        row.at(),
        fields.text("by").orElse(null),
        fields.text("reversedBy").orElse(null));
  }
}
