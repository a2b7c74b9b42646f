package dev.fireside.ledger.domain;

import dev.fireside.shared.ids.Uid;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Names an account: what it is for, and of what or whom it is. All accounts there are stand here
/// and in `docs/ledger.md`.
///
/// @param kind what it is for
/// @param of the store, product, item, run or person; empty where there is one such account
public record AccountName(Kind kind, String of) implements Comparable<AccountName> {
  /// Who has an account, and in how many documents it is kept. A document takes about one write a
  /// second: what many purchases write to is kept in shards.
  public enum Holder {
    /// The house, in [AccountState#SHARDS] documents.
    HOUSE,
    /// The house, in one document: few journals write to it.
    HOUSE_WHOLE,
    /// A person, in one document: it is written at their own pace.
    PERSON
  }

  /// What accounts are for.
  public enum Kind {
    STORE_RECEIVABLE("store_receivable", Holder.HOUSE),
    OUT_OF_BAND_RECEIVABLE("out_of_band_receivable", Holder.HOUSE),
    BANK("bank", Holder.HOUSE),
    EXCHANGE("exchange", Holder.HOUSE),
    SETTLEMENT_DIFFERENCE("settlement_difference", Holder.HOUSE),
    REVENUE("revenue", Holder.HOUSE),
    UNASSIGNED("unassigned", Holder.HOUSE),
    TAX("tax", Holder.HOUSE),
    FEES("fees", Holder.HOUSE),
    DISPUTED("disputed", Holder.HOUSE),
    DISPUTE_LOSS("dispute_loss", Holder.HOUSE),
    ITEM_ISSUANCE("item_issuance", Holder.HOUSE),
    USER_INVENTORY("user_inventory", Holder.PERSON),
    ESCROW("escrow", Holder.PERSON),
    USER_DEBT("user_debt", Holder.PERSON),
    // The house's: its first entries stand in one document, and there its chain goes on.
    CREATOR_COST("creator_cost", Holder.HOUSE_WHOLE),
    CREATOR_POOL("creator_pool", Holder.HOUSE_WHOLE),
    CREATOR_HOLD("creator_hold", Holder.PERSON),
    CREATOR_PAYABLE("creator_payable", Holder.PERSON),
    STRIPE_TRANSFER_CLEARING("stripe_transfer_clearing", Holder.HOUSE),
    MEMO("memo", Holder.HOUSE),
    MEMO_ISSUED("memo_issued", Holder.HOUSE);

    private static final Map<String, Kind> BY_NAME =
        Arrays.stream(values()).collect(Collectors.toMap(kind -> kind.text, Function.identity()));

    private final String text;
    private final Holder holder;

    /// @param text the name in documents, which hashes cover: never rename one
    Kind(String text, Holder holder) {
      this.text = text;
      this.holder = holder;
    }
  }

  /// What creators cost the house.
  public static final AccountName CREATOR_COST = new AccountName(Kind.CREATOR_COST, "");

  /// Transfers that are under way.
  public static final AccountName STRIPE_TRANSFER_CLEARING =
      new AccountName(Kind.STRIPE_TRANSFER_CLEARING, "");

  /// How many journals moved nothing else.
  static final AccountName MEMO_ISSUED = new AccountName(Kind.MEMO_ISSUED, "");

  public AccountName {
    if (of.indexOf('/') >= 0) {
      throw new IllegalArgumentException("Not of an account: " + of);
    }
  }

  /// What a store owes us; for `stripe` our money there.
  public static AccountName receivable(String store) {
    return new AccountName(Kind.STORE_RECEIVABLE, store);
  }

  /// What was to be paid for sales of a store past it, such as by bank transfer: no payout of the
  /// store's brings it.
  public static AccountName outOfBandReceivable(String store) {
    return new AccountName(Kind.OUT_OF_BAND_RECEIVABLE, store);
  }

  /// What a store has paid out to our banks, less what we paid in.
  public static AccountName bank(String store) {
    return new AccountName(Kind.BANK, store);
  }

  /// Money that a store changed into another currency: what was given is on one side, what was got
  /// for it on the other.
  public static AccountName exchange(String store) {
    return new AccountName(Kind.EXCHANGE, store);
  }

  /// What a store paid less than was expected of it.
  public static AccountName settlementDifference(String store) {
    return new AccountName(Kind.SETTLEMENT_DIFFERENCE, store);
  }

  /// Sales of a product.
  public static AccountName revenue(String product) {
    return new AccountName(Kind.REVENUE, product);
  }

  /// Sales through a store of which nobody knows yet whose they are, or of what.
  public static AccountName unassigned(String store) {
    return new AccountName(Kind.UNASSIGNED, store);
  }

  /// Tax inside a store's prices.
  public static AccountName tax(String store) {
    return new AccountName(Kind.TAX, store);
  }

  /// What a store keeps.
  public static AccountName fees(String store) {
    return new AccountName(Kind.FEES, store);
  }

  /// Money that is away while disputes are open.
  public static AccountName disputed(String store) {
    return new AccountName(Kind.DISPUTED, store);
  }

  /// Money that disputes about a product cost for good.
  public static AccountName disputeLoss(String product) {
    return new AccountName(Kind.DISPUTE_LOSS, product);
  }

  /// Units of an item or currency ever given out.
  public static AccountName issuance(String unit) {
    return new AccountName(Kind.ITEM_ISSUANCE, unit);
  }

  /// What a person was given and has not given back.
  public static AccountName inventory(Uid uid) {
    return new AccountName(Kind.USER_INVENTORY, uid.value());
  }

  /// A person's units that wait for a review or a dispute.
  public static AccountName escrow(Uid uid) {
    return new AccountName(Kind.ESCROW, uid.value());
  }

  /// Units that a person owes, having spent what was then taken back.
  public static AccountName debt(Uid uid) {
    return new AccountName(Kind.USER_DEBT, uid.value());
  }

  /// What a period's creators share.
  public static AccountName pool(String run) {
    return new AccountName(Kind.CREATOR_POOL, run);
  }

  /// What a creator earned and must wait for.
  public static AccountName hold(Uid uid) {
    return new AccountName(Kind.CREATOR_HOLD, uid.value());
  }

  /// What we owe a creator; what they owe us where it is on the other side.
  public static AccountName payable(Uid uid) {
    return new AccountName(Kind.CREATOR_PAYABLE, uid.value());
  }

  /// How many journals of a kind moved nothing else.
  static AccountName memo(JournalKind kind) {
    return new AccountName(Kind.MEMO, kind.wireName());
  }

  /// The account of a name in a document. Throws [IllegalArgumentException] for one that is none.
  public static AccountName parse(String text) {
    int colon = text.indexOf(':');
    Kind kind = Kind.BY_NAME.get(colon < 0 ? text : text.substring(0, colon));
    if (kind == null) {
      throw new IllegalArgumentException("Not an account: " + text);
    }
    var name = new AccountName(kind, colon < 0 ? "" : text.substring(colon + 1));
    if (!name.text().equals(text)) {
      throw new IllegalArgumentException("Not an account: " + text);
    }
    return name;
  }

  /// The name in documents and answers, such as `revenue:pro`.
  public String text() {
    return of.isEmpty() ? kind.text : kind.text + ":" + of;
  }

  /// Whether there are accounts for such a thing, such as `revenue`.
  public static boolean isKind(String text) {
    return Kind.BY_NAME.containsKey(text);
  }

  /// Whether it is for such a thing.
  public boolean isFor(String text) {
    return kind.text.equals(text);
  }

  /// Whether it is one of a person's.
  public boolean isOf(Uid uid) {
    return kind.holder == Holder.PERSON && of.equals(uid.value());
  }

  /// Whether it is kept in shards.
  public boolean isSharded() {
    return switch (kind.holder) {
      case HOUSE -> true;
      case HOUSE_WHOLE, PERSON -> false;
    };
  }

  @Override
  public int compareTo(AccountName other) {
    return text().compareTo(other.text());
  }

  @Override
  public String toString() {
    return text();
  }
}
