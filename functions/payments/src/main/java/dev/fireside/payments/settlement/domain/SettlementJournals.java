package dev.fireside.payments.settlement.domain;

import dev.fireside.ledger.domain.JournalKind;

/// Why journals about settlements are written.
public final class SettlementJournals {
  public static final JournalKind BALANCE_TRANSACTION = new JournalKind("balance_transaction");
  public static final JournalKind STORE_PAYOUT = new JournalKind("store_payout");
  public static final JournalKind STORE_PAYOUT_REVERSED = new JournalKind("store_payout_reversed");
  public static final JournalKind SETTLEMENT = new JournalKind("settlement");
  public static final JournalKind SETTLEMENT_REVERSED = new JournalKind("settlement_reversed");
  public static final JournalKind SETTLEMENT_DIFFERENCE = new JournalKind("settlement_difference");

  private SettlementJournals() {}
}
