package dev.fireside.ledger.domain;

/// One line of a journal: an amount on one side of one account.
///
/// @param account the account
/// @param asset what is counted
/// @param side debit or credit
/// @param amount positive
public record Posting(AccountName account, Asset asset, Side side, long amount) {
  /// The two sides of an account.
  public enum Side {
    DEBIT("debit", "DEBIT"),
    CREDIT("credit", "CREDIT");

    private final String wireName;
    private final String sealed;

    Side(String wireName, String sealed) {
      this.wireName = wireName;
      this.sealed = sealed;
    }

    /// The name in documents and answers: never rename one.
    public String wireName() {
      return wireName;
    }

    /// The name as hashes cover it.
    String sealed() {
      return sealed;
    }

    /// The side of that name. Throws [IllegalArgumentException] for another name.
    public static Side of(String wireName) {
      for (Side side : values()) {
        if (side.wireName.equals(wireName)) {
          return side;
        }
      }
      throw new IllegalArgumentException("Not a side: " + wireName);
    }
  }

  public Posting {
    if (amount <= 0) {
      throw new IllegalArgumentException("A posting is positive; its side gives the direction");
    }
  }

  /// A posting from a signed amount: debits are positive.
  public static Posting of(AccountName account, Asset asset, long signed) {
    return new Posting(
        account, asset, signed > 0 ? Side.DEBIT : Side.CREDIT, Math.absExact(signed));
  }

  /// The amount, positive for a debit and negative for a credit.
  public long signed() {
    return side == Side.DEBIT ? amount : -amount;
  }
}
