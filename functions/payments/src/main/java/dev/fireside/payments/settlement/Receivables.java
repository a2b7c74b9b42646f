package dev.fireside.payments.settlement;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.JournalKind;
import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.settlement.domain.Period;
import dev.fireside.payments.settlement.domain.SettlementJournals;
import java.util.Set;

/// What stores came to owe us, from the journals.
final class Receivables {
  /// What pays it off again.
  private static final Set<JournalKind> PAYING =
      Set.of(
          SettlementJournals.STORE_PAYOUT,
          SettlementJournals.STORE_PAYOUT_REVERSED,
          SettlementJournals.SETTLEMENT,
          SettlementJournals.SETTLEMENT_REVERSED,
          SettlementJournals.SETTLEMENT_DIFFERENCE);

  private final LedgerStore ledger;

  Receivables(LedgerStore ledger) {
    this.ledger = ledger;
  }

  /// Whether a journal pays off what a store owes, or says why it does not.
  static boolean isPaying(JournalKind kind) {
    return PAYING.contains(kind);
  }

  /// What a store came to owe by the sales, refunds, disputes and fees of a period, in minor units.
  long accrued(String store, String currency, Period period) {
    var asset = new Asset(currency);
    AccountName account = AccountName.receivable(store);
    var sum = new long[1];
    ledger.during(
        Book.LIVE,
        period.start(),
        period.end(),
        written -> {
          if (!isPaying(written.journal().kind())) {
            sum[0] = Math.addExact(sum[0], moved(written, account, asset));
          }
        });
    return sum[0];
  }

  private static long moved(LedgerProof.Written written, AccountName account, Asset asset) {
    return written.journal().postings().stream()
        .filter(line -> line.account().equals(account) && line.asset().equals(asset))
        .mapToLong(line -> line.signed())
        .sum();
  }
}
