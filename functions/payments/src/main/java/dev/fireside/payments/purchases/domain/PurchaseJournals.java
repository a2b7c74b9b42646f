package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.JournalKind;

/// Why journals about purchases are written.
public final class PurchaseJournals {
  public static final JournalKind GRANT = new JournalKind("grant");
  public static final JournalKind ASSIGNED = new JournalKind("assigned");
  public static final JournalKind REASSIGNED = new JournalKind("reassigned");
  public static final JournalKind REFUND = new JournalKind("refund");
  public static final JournalKind REFUND_REVERSED = new JournalKind("refund_reversed");
  public static final JournalKind PARTIAL_REFUND = new JournalKind("partial_refund");
  public static final JournalKind PARTIAL_REFUND_REVERSED =
      new JournalKind("partial_refund_reversed");
  public static final JournalKind DISPUTE_OPENED = new JournalKind("dispute_opened");
  public static final JournalKind DISPUTE_UPDATED = new JournalKind("dispute_updated");
  public static final JournalKind DISPUTE_WON = new JournalKind("dispute_won");
  public static final JournalKind DISPUTE_LOST = new JournalKind("dispute_lost");
  public static final JournalKind HOLD = new JournalKind("hold");
  public static final JournalKind RELEASE = new JournalKind("release");
  public static final JournalKind DENY = new JournalKind("deny");
  public static final JournalKind ADJUSTMENT = new JournalKind("adjustment");
  public static final JournalKind TRANSFER = new JournalKind("transfer");
  public static final JournalKind DECISION = new JournalKind("decision");

  /// Label: where a sale was made, two letters of ISO 3166.
  public static final String COUNTRY = "country";

  /// Label: the catalogue's product that was sold.
  public static final String PRODUCT = "product";

  private PurchaseJournals() {}
}
