package dev.fireside.payouts.domain;

import dev.fireside.ledger.domain.JournalKind;

/// Why journals about creators' earnings are written.
public final class PayoutJournals {
  public static final JournalKind ACCRUAL = new JournalKind("accrual");
  public static final JournalKind STATEMENT = new JournalKind("statement");
  public static final JournalKind RELEASED = new JournalKind("payout_released");
  public static final JournalKind PAYOUT = new JournalKind("payout");
  public static final JournalKind POSTED = new JournalKind("payout_posted");
  public static final JournalKind VOIDED = new JournalKind("payout_voided");
  public static final JournalKind REVERSED = new JournalKind("payout_reversed");

  private PayoutJournals() {}
}
