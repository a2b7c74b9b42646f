package dev.fireside.payments.purchases.domain;

/// What has been posted about one transaction. Compared with what the facts ask for, it says which
/// journals are due.
///
/// @param turns how often its money went back and came again as a whole
/// @param refunded how much of its money is back at the customer; negative of a negative price
/// @param hold what a review says about it
/// @param disputes where the disputes about it stand
public record SaleState(int turns, long refunded, Hold hold, Disputes disputes) {
  /// A transaction as it is granted.
  public static SaleState granted(Hold hold) {
    return new SaleState(0, 0, hold, Disputes.NONE);
  }

  SaleState withTurn(int turn, long amount) {
    return new SaleState(turn, turn % 2 == 1 ? amount : 0, hold, disputes);
  }

  SaleState withRefunded(long amount) {
    return new SaleState(turns, amount, hold, disputes);
  }

  SaleState withHold(Hold other) {
    return new SaleState(turns, refunded, other, disputes);
  }

  SaleState with(Disputes other) {
    return new SaleState(turns, refunded, hold, other);
  }

  /// Whether its units wait in escrow, all of them or some.
  public boolean isHeld() {
    return hold == Hold.HELD || (hold == Hold.OPEN && disputes.open());
  }

  /// Whether nobody doubts it, or any more, and its money has not gone back.
  public boolean stands(long price) {
    return hold == Hold.OPEN
        && !disputes.open()
        && disputes.lost() == 0
        && disputes.forfeited() == 0
        && !isTakenBack(price);
  }

  /// Whether the whole of it was taken back.
  public boolean isTakenBack(long price) {
    if (turns % 2 == 1 || disputes.forfeited() == Disputes.WHOLE) {
      return true;
    }
    return price < 0
        ? refunded + disputes.forfeited() <= price
        : price > 0 && refunded + disputes.forfeited() >= price;
  }
}
