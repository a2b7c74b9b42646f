package dev.fireside.payments.finance;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.payments.purchases.domain.PurchaseJournals;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What journals say was earned: the lines on accounts of money, by month, product, store, country
/// and currency. As it adds up entries and nothing else, it equals the ledger.
final class RevenueReport {
  private static final String NONE = "";

  private static final Set<String> REFUNDS =
      Set.of(
          PurchaseJournals.REFUND.wireName(),
          PurchaseJournals.REFUND_REVERSED.wireName(),
          PurchaseJournals.PARTIAL_REFUND.wireName(),
          PurchaseJournals.PARTIAL_REFUND_REVERSED.wireName());

  private static final Set<String> DISPUTES =
      Set.of(
          PurchaseJournals.DISPUTE_OPENED.wireName(),
          PurchaseJournals.DISPUTE_UPDATED.wireName(),
          PurchaseJournals.DISPUTE_WON.wireName(),
          PurchaseJournals.DISPUTE_LOST.wireName());

  private final Map<Key, Sums> rows = new TreeMap<>(Key.ORDER);

  /// What a row is about; empty texts for what is not known.
  private record Key(
      YearMonth month, String product, String store, String country, String currency) {
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::month)
            .thenComparing(Key::product)
            .thenComparing(Key::store)
            .thenComparing(Key::country)
            .thenComparing(Key::currency);
  }

  private static final class Sums {
    long sold;
    long refunded;
    long taxOfSales;
    long taxOfRefunds;
    long fees;
    long disputes;
    long units;
    long refundedUnits;
  }

  /// A row as it is shown; amounts in minor units.
  ///
  /// @param product the catalogue's id; null while it is not known
  /// @param country two letters; null where nobody stated it
  /// @param gross sales, with the tax that is ours to hand on
  /// @param refunds how much of `gross` went back
  /// @param tax ours to hand on, less that of refunds
  /// @param fees what the store and disputes cost
  /// @param disputes what open and lost disputes took
  /// @param net what is left: `gross` less all else
  /// @param units payments
  /// @param refundedUnits how many of them went back as a whole
  record Row(
      String month,
      @Nullable String product,
      String store,
      @Nullable String country,
      String currency,
      long gross,
      long refunds,
      long tax,
      long fees,
      long disputes,
      long net,
      long units,
      long refundedUnits) {}

  /// Adds a journal; once each.
  void add(Journal journal) {
    String kind = journal.kind().wireName();
    YearMonth month = YearMonth.from(journal.occurredAt().atOffset(ZoneOffset.UTC));
    String country = journal.labels().getOrDefault(PurchaseJournals.COUNTRY, NONE);
    String store = store(journal);
    String product = product(journal);
    for (Posting posting : journal.postings()) {
      if (posting.asset().isUnit()) {
        continue;
      }
      String currency = posting.asset().code();
      long credit = Math.negateExact(posting.signed());
      switch (posting.account().kind()) {
        case REVENUE ->
            sell(sums(month, posting.account().of(), store, country, currency), kind, credit);
        case UNASSIGNED -> sell(sums(month, NONE, store, country, currency), kind, credit);
        case TAX -> {
          Sums sums = sums(month, product, store, country, currency);
          if (REFUNDS.contains(kind)) {
            sums.taxOfRefunds -= credit;
          } else {
            sums.taxOfSales += credit;
          }
        }
        case FEES -> sums(month, product, store, country, currency).fees -= credit;
        case DISPUTED, DISPUTE_LOSS ->
            sums(month, product, store, country, currency).disputes -= credit;
        default -> {
          // Of no sale.
        }
      }
    }
  }

  private static void sell(Sums sums, String kind, long credit) {
    if (DISPUTES.contains(kind)) {
      sums.disputes -= credit;
    } else if (REFUNDS.contains(kind)) {
      sums.refunded -= credit;
      if (kind.equals(PurchaseJournals.REFUND.wireName())) {
        sums.refundedUnits++;
      } else if (kind.equals(PurchaseJournals.REFUND_REVERSED.wireName())) {
        sums.refundedUnits--;
      }
    } else {
      sums.sold += credit;
      sums.units += Long.signum(credit);
    }
  }

  private Sums sums(
      YearMonth month, String product, String store, String country, String currency) {
    return rows.computeIfAbsent(new Key(month, product, store, country, currency), _ -> new Sums());
  }

  private static String store(Journal journal) {
    return of(
        journal,
        Set.of(
            AccountName.Kind.UNASSIGNED,
            AccountName.Kind.STORE_RECEIVABLE,
            AccountName.Kind.OUT_OF_BAND_RECEIVABLE,
            AccountName.Kind.FEES,
            AccountName.Kind.TAX,
            AccountName.Kind.DISPUTED));
  }

  private static String product(Journal journal) {
    String labelled = journal.labels().get(PurchaseJournals.PRODUCT);
    return labelled == null
        ? of(journal, Set.of(AccountName.Kind.REVENUE, AccountName.Kind.DISPUTE_LOSS))
        : labelled;
  }

  private static String of(Journal journal, Set<AccountName.Kind> kinds) {
    return journal.postings().stream()
        .map(Posting::account)
        .filter(account -> kinds.contains(account.kind()))
        .map(AccountName::of)
        .findFirst()
        .orElse(NONE);
  }

  /// How many rows there are so far.
  int size() {
    return rows.size();
  }

  /// The rows, by month, product, store, country and currency.
  List<Row> rows() {
    return rows.entrySet().stream().map(row -> row(row.getKey(), row.getValue())).toList();
  }

  private static Row row(Key key, Sums sums) {
    long gross = Math.addExact(sums.sold, sums.taxOfSales);
    long refunds = Math.addExact(sums.refunded, sums.taxOfRefunds);
    long tax = sums.taxOfSales - sums.taxOfRefunds;
    return new Row(
        key.month().toString(),
        known(key.product()),
        key.store(),
        known(key.country()),
        key.currency(),
        gross,
        refunds,
        tax,
        sums.fees,
        sums.disputes,
        gross - refunds - tax - sums.fees - sums.disputes,
        sums.units,
        sums.refundedUnits);
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }
}
