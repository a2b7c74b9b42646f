package dev.fireside.payments.domain;

/// One line of a journal: an amount on one side of one account.
///
/// @param account the account, such as `revenue:pro` or `user_inventory:{uid}`
/// @param asset what is counted
/// @param side debit or credit
/// @param amount positive
public record Posting(String account, Asset asset, Side side, long amount) {
  /// The two sides of an account.
  public enum Side {
    DEBIT,
    CREDIT
  }

  public Posting {
    if (amount <= 0) {
      throw new IllegalArgumentException("A posting is positive; its side gives the direction");
    }
    if (account.isEmpty() || account.indexOf('/') >= 0) {
      throw new IllegalArgumentException("Not an account: " + account);
    }
  }

  /// A posting from a signed amount: debits are positive.
  public static Posting of(String account, Asset asset, long signed) {
    return new Posting(
        account, asset, signed > 0 ? Side.DEBIT : Side.CREDIT, Math.absExact(signed));
  }

  /// The amount, positive for a debit and negative for a credit.
  public long signed() {
    return side == Side.DEBIT ? amount : -amount;
  }
}
