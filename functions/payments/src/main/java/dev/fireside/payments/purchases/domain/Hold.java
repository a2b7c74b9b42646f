package dev.fireside.payments.purchases.domain;

/// Whether what was bought is handed over; later constants are stricter.
public enum Hold {
  /// It is the buyer's.
  OPEN,
  /// It waits in escrow for a review.
  HELD,
  /// It is not handed over.
  DENIED
}
