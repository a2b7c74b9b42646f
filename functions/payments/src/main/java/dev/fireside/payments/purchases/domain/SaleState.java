package dev.fireside.payments.purchases.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// What has been posted about one transaction. Compared with what the facts ask for, it says which
/// journals are due.
///
/// @param turns how often its money went back and came again as a whole
/// @param refunded how much of its money is back at the customer
/// @param hold what a review says about it
/// @param frozen whether a dispute is open
/// @param disputed money that is away while a dispute is open
/// @param lost money that a dispute cost
/// @param disputeFees what disputes cost beside, in minor units by currency
public record SaleState(
    int turns,
    long refunded,
    Hold hold,
    boolean frozen,
    long disputed,
    long lost,
    Map<String, Long> disputeFees) {

  public SaleState {
    disputeFees = Collections.unmodifiableMap(new TreeMap<>(disputeFees));
  }

  /// A transaction as it is granted.
  public static SaleState granted(Hold hold) {
    return new SaleState(0, 0, hold, false, 0, 0, Map.of());
  }

  SaleState withTurn(int turn, long amount) {
    return new SaleState(
        turn, turn % 2 == 1 ? amount : 0, hold, frozen, disputed, lost, disputeFees);
  }

  SaleState withRefunded(long amount) {
    return new SaleState(turns, amount, hold, frozen, disputed, lost, disputeFees);
  }

  SaleState withHold(Hold other) {
    return new SaleState(turns, refunded, other, frozen, disputed, lost, disputeFees);
  }

  SaleState with(PurchaseFacts.Disputes disputes) {
    return new SaleState(
        turns,
        refunded,
        hold,
        disputes.open(),
        disputes.disputed(),
        disputes.lost(),
        disputes.fees());
  }

  /// Whether its units wait in escrow.
  public boolean isHeld() {
    return hold == Hold.HELD || (hold == Hold.OPEN && frozen);
  }

  /// Whether nobody doubts it, or any more.
  public boolean stands() {
    return hold == Hold.OPEN && !frozen && lost == 0;
  }

  /// Whether the whole of it was taken back.
  public boolean isTakenBack(long price) {
    return turns % 2 == 1 || lost > 0 || (price > 0 && refunded >= price);
  }
}
