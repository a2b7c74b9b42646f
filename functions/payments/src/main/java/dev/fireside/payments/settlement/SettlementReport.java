package dev.fireside.payments.settlement;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.settlement.domain.Period;
import dev.fireside.shared.http.Sheet;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What each store came to owe, paid and still owes, by month.
final class SettlementReport {
  private final LedgerStore ledger;
  private final Clock clock;

  /// A store's month in one currency; amounts in minor units.
  ///
  /// @param expected what the store came to owe by sales, refunds, disputes, fees and exchanges
  /// @param paidOut what arrived in the month, for whatever time
  /// @param fees what the store kept
  /// @param difference what was expected and did not arrive, as far as it was settled in the month
  /// @param balance what the store owes at the end of the month
  /// @param open what of the month's own is still owed now, where the oldest is paid first
  /// @param ageDays how long that has been owed, from the end of the month; null where nothing is
  record Row(
      String store,
      String month,
      String currency,
      long expected,
      long paidOut,
      long fees,
      long difference,
      long balance,
      long open,
      @Nullable Long ageDays) {}

  /// The report as CSV.
  static final Sheet<Row> SHEET =
      Sheet.<Row>named("settlement")
          .column("store", Row::store)
          .column("month", Row::month)
          .column("currency", Row::currency)
          .column("expected", Row::expected)
          .column("paidOut", Row::paidOut)
          .column("fees", Row::fees)
          .column("difference", Row::difference)
          .column("balance", Row::balance)
          .column("open", Row::open)
          .column("ageDays", Row::ageDays)
          .sheet();

  private record Line(String store, String currency) {}

  /// Sums of one month.
  private static final class Sums {
    long expected;
    long paidOut;
    long fees;
    long difference;
    long moved;
  }

  SettlementReport(LedgerStore ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// The months from `from` to `to`, by store, month and currency. Reads all journals since `from`.
  List<Row> read(Book book, YearMonth from, YearMonth to) {
    Map<Line, NavigableMap<YearMonth, Sums>> months = new HashMap<>();
    Instant now = clock.instant();
    ledger.during(
        book,
        Period.of(from).start(),
        now.plus(1, ChronoUnit.DAYS),
        written -> add(months, written));
    var rows = new ArrayList<Row>();
    months.forEach((line, sums) -> rows.addAll(rows(book, line, sums, to, now)));
    rows.sort(
        Comparator.comparing(Row::store).thenComparing(Row::month).thenComparing(Row::currency));
    return rows;
  }

  private static void add(
      Map<Line, NavigableMap<YearMonth, Sums>> months, LedgerProof.Written written) {
    YearMonth month = YearMonth.from(written.journal().occurredAt().atOffset(ZoneOffset.UTC));
    boolean paying = Receivables.isPaying(written.journal().kind());
    for (Posting posting : written.journal().postings()) {
      AccountName account = posting.account();
      if (!posting.asset().isUnit() && isStores(account.kind())) {
        Sums sums =
            months
                .computeIfAbsent(
                    new Line(account.of(), posting.asset().code()), _ -> new TreeMap<>())
                .computeIfAbsent(month, _ -> new Sums());
        long signed = posting.signed();
        switch (account.kind()) {
          case STORE_RECEIVABLE -> {
            sums.moved += signed;
            sums.expected += paying ? 0 : signed;
          }
          case BANK -> sums.paidOut += signed;
          case FEES -> sums.fees += signed;
          default -> sums.difference += signed;
        }
      }
    }
  }

  private static boolean isStores(AccountName.Kind kind) {
    return switch (kind) {
      case STORE_RECEIVABLE, BANK, FEES, SETTLEMENT_DIFFERENCE -> true;
      default -> false;
    };
  }

  private List<Row> rows(
      Book book, Line line, NavigableMap<YearMonth, Sums> months, YearMonth to, Instant now) {
    long owed =
        ledger
            .balances(book, AccountName.receivable(line.store()).text())
            .getOrDefault(line.currency(), 0L);
    var rows = new ArrayList<Row>();
    long balance = owed;
    long unpaid = Math.max(0, owed);
    // The newest is paid last: what is owed now is of the newest months.
    for (var entry : months.descendingMap().entrySet()) {
      YearMonth month = entry.getKey();
      Sums sums = entry.getValue();
      long open = Math.min(unpaid, Math.max(0, sums.expected));
      unpaid -= open;
      if (!month.isAfter(to)) {
        rows.add(
            new Row(
                line.store(),
                month.toString(),
                line.currency(),
                sums.expected,
                sums.paidOut,
                sums.fees,
                sums.difference,
                balance,
                open,
                open == 0 ? null : Long.valueOf(age(month, now))));
      }
      balance -= sums.moved;
    }
    return rows;
  }

  private static long age(YearMonth month, Instant now) {
    return Math.max(0, ChronoUnit.DAYS.between(Period.of(month).end(), now));
  }
}
