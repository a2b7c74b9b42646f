package dev.fireside.payments.domain;

/// Why a journal was written.
public enum JournalKind {
  GRANT,
  REFUND,
  REFUND_REVERSED,
  PARTIAL_REFUND,
  PARTIAL_REFUND_REVERSED,
  DISPUTE_OPENED,
  DISPUTE_UPDATED,
  DISPUTE_WON,
  DISPUTE_LOST,
  HOLD,
  RELEASE,
  DENY,
  ADJUSTMENT,
  TRANSFER,
  DECISION,
  ACCRUAL,
  STATEMENT,
  PAYOUT_RELEASED,
  PAYOUT,
  PAYOUT_POSTED,
  PAYOUT_VOIDED,
  PAYOUT_REVERSED;

  /// The name in ids and documents.
  public String wireName() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
