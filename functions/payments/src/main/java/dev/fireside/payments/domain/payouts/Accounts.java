package dev.fireside.payments.domain.payouts;

/// The accounts that creators' earnings pass: pool → hold → payable → clearing → paid out.
public final class Accounts {
  /// What creators cost the house.
  public static final String COST = "creator_cost";

  /// Transfers that are under way.
  public static final String CLEARING = "stripe_transfer_clearing";

  /// Our money at Stripe, from which transfers go.
  public static final String STRIPE = "store_receivable:stripe";

  private Accounts() {}

  /// What a period's creators share.
  public static String pool(String run) {
    return "creator_pool:" + run;
  }

  /// What a creator earned and must wait for.
  public static String hold(String uid) {
    return "creator_hold:" + uid;
  }

  /// What we owe a creator; what they owe us where it is on the other side.
  public static String payable(String uid) {
    return "creator_payable:" + uid;
  }
}
