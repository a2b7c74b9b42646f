package dev.fireside.payments.finance;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.LedgerProof.Written;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.finance.RevenueReport.Row;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Sheet;
import dev.fireside.shared.load.Errand;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What was earned, and what tax of it is to be handed on. Each report reads the journals of its
/// months: there is nothing beside the ledger that could differ from it.
final class ReadRevenue {
  /// Journals of a report that somebody waits for: as many as are read within READ_DEADLINE.
  private static final int SOON_MAX = 20_000;

  /// Rows of a report, some 300 bytes each.
  private static final int ROWS_MAX = 100_000;

  private static final int PAGE = 500;

  private final LedgerStore ledger;

  /// Tax by country as it is shown; amounts in minor units.
  ///
  /// @param sales what is taxed: sales less refunds, without the tax
  /// @param tax on it, ours to hand on
  record TaxRow(
      String month, @Nullable String country, String store, String currency, long sales, long tax) {
    TaxRow and(TaxRow other) {
      return new TaxRow(
          month,
          country,
          store,
          currency,
          Math.addExact(sales, other.sales),
          Math.addExact(tax, other.tax));
    }
  }

  static final Sheet<Row> SHEET =
      Sheet.<Row>named("revenue")
          .column("month", Row::month)
          .column("product", Row::product)
          .column("store", Row::store)
          .column("country", Row::country)
          .column("currency", Row::currency)
          .column("gross", Row::gross)
          .column("refunds", Row::refunds)
          .column("tax", Row::tax)
          .column("fees", Row::fees)
          .column("disputes", Row::disputes)
          .column("net", Row::net)
          .column("units", Row::units)
          .column("refundedUnits", Row::refundedUnits)
          .sheet();

  static final Sheet<TaxRow> TAX_SHEET =
      Sheet.<TaxRow>named("tax")
          .column("month", TaxRow::month)
          .column("country", TaxRow::country)
          .column("store", TaxRow::store)
          .column("currency", TaxRow::currency)
          .column("sales", TaxRow::sales)
          .column("tax", TaxRow::tax)
          .sheet();

  ReadRevenue(LedgerStore ledger) {
    this.ledger = ledger;
  }

  /// Revenue of the months from `from` to `to`, both included.
  ///
  /// @param soon whether to refuse, by a 400 problem, what takes long to read
  List<Row> revenue(Book book, YearMonth from, YearMonth to, boolean soon) {
    var range =
        new LedgerStore.Range(book, beginning(from), beginning(to.plusMonths(1)), null, false);
    var report = new RevenueReport();
    String after = null;
    int read = 0;
    while (true) {
      Errand.current().check();
      List<Written> page = ledger.journals(range, after, PAGE);
      page.forEach(written -> report.add(written.journal()));
      read += page.size();
      if (page.size() < PAGE) {
        return report.rows();
      }
      if (soon && read >= SOON_MAX) {
        throw Request.invalidQuery(
            "from", "begins more than " + SOON_MAX + " journals: take them as text/csv");
      }
      if (report.size() > ROWS_MAX) {
        throw new IllegalStateException("A report of more than " + ROWS_MAX + " rows");
      }
      after = LedgerStore.position(page.getLast().journal());
    }
  }

  /// Tax of the same months.
  List<TaxRow> tax(Book book, YearMonth from, YearMonth to, boolean soon) {
    return List.copyOf(
        revenue(book, from, to, soon).stream()
            .map(ReadRevenue::tax)
            .collect(
                Collectors.toMap(
                    row ->
                        String.join(
                            "|",
                            row.month(),
                            String.valueOf(row.country()),
                            row.store(),
                            row.currency()),
                    row -> row,
                    TaxRow::and,
                    TreeMap::new))
            .values());
  }

  private static TaxRow tax(Row row) {
    return new TaxRow(
        row.month(),
        row.country(),
        row.store(),
        row.currency(),
        row.gross() - row.refunds() - row.tax(),
        row.tax());
  }

  private static Instant beginning(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
