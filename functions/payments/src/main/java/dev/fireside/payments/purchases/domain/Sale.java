package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.Position;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.shared.ids.Uid;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One transaction that was posted: what was granted to whom, as the catalogue had it then, and how
/// far its journals are. While its person or its product is not known it is unassigned: its money
/// is in the books, and nothing was granted.
///
/// @param key key of the transaction in its purchase
/// @param uid who got it; a transfer of the subscription does not move what was granted. Null while
///   it is unassigned
/// @param product the catalogue's id; null while it is unassigned
/// @param price null where it was free; negative where a line of an invoice gives money back, as a
///   change of plan does
/// @param fee what the store keeps
/// @param tax tax inside the price
/// @param remitted whether the store keeps the tax and pays it: then it is no money of ours
/// @param outOfBand whether it was paid past the store
/// @param country where it was bought; null where nobody stated it when it was first posted
/// @param units units granted
/// @param state what has been posted
/// @param steps how many changes of its state were posted
public record Sale(
    String key,
    @Nullable Uid uid,
    @Nullable String product,
    @Nullable Money price,
    long fee,
    long tax,
    boolean remitted,
    boolean outOfBand,
    @Nullable String country,
    Map<Asset, Long> units,
    SaleState state,
    int steps) {

  /// Stores that sell in their own name, and pay the tax in their prices themselves.
  private static final Set<String> REMITTING =
      Set.of("app_store", "mac_app_store", "play_store", "amazon", "roku", "paddle");

  public Sale {
    var sorted = new TreeMap<Asset, Long>(java.util.Comparator.comparing(Asset::code));
    sorted.putAll(units);
    units = java.util.Collections.unmodifiableMap(sorted);
    // Of no tax it says nothing.
    remitted = remitted || tax == 0;
  }

  /// A sale of which only the money is known.
  static Sale unassigned(Fact.Sold sold, String store, Hold hold) {
    return new Sale(
        sold.key(),
        null,
        null,
        sold.price(),
        sold.fee(),
        sold.tax(),
        REMITTING.contains(store),
        Boolean.TRUE.equals(sold.outOfBand()),
        sold.country(),
        Map.of(),
        SaleState.granted(hold),
        0);
  }

  /// This sale now that its person and its product are known.
  Sale assigned(Uid person, String what, Map<Asset, Long> given) {
    return new Sale(
        key, person, what, price, fee, tax, remitted, outOfBand, country, given, state, steps);
  }

  /// This sale as that of somebody else; of nobody while it is on its way.
  Sale of(@Nullable Uid person) {
    return new Sale(
        key, person, product, price, fee, tax, remitted, outOfBand, country, units, state, steps);
  }

  /// Whether its person and its product are known.
  public boolean isAssigned() {
    return uid != null && product != null;
  }

  /// The id of its receipt, with which the ids of all its journals begin.
  public String receipt(PurchaseKey purchase) {
    return receipt(purchase, key);
  }

  /// The same of a transaction that may not be posted yet, by its key.
  public static String receipt(PurchaseKey purchase, String key) {
    return purchase.store() + ":" + purchase.book().wireName() + ":" + key;
  }

  /// What became of it, as receipts say it: never rename one.
  public String status() {
    if (state.isTakenBack(paid())) {
      return state.disputes().lost() > 0 ? "disputed" : "refunded";
    }
    if (state.hold() == Hold.DENIED) {
      return "denied";
    }
    if (state.isHeld()) {
      return "held";
    }
    return state.refunded() > 0 ? "partially_refunded" : "granted";
  }

  /// The price in minor units; 0 where it was free.
  public long paid() {
    return price == null ? 0 : price.minor();
  }

  /// What its journals are counted by.
  Map<String, String> labels() {
    var labels = new HashMap<String, String>();
    if (country != null) {
      labels.put(PurchaseJournals.COUNTRY, country);
    }
    if (product != null) {
      labels.put(PurchaseJournals.PRODUCT, product);
    }
    return labels;
  }

  /// Whether there is anything to post about it: a free trial without units leaves no journal.
  boolean isBooked() {
    return paid() != 0 || !units.isEmpty();
  }

  /// This sale as one more step leaves it.
  public Sale after(SaleState next) {
    return new Sale(
        key, uid, product, price, fee, tax, remitted, outOfBand, country, units, next, steps + 1);
  }

  /// How many of an asset the buyer keeps in a state: all, none, or in proportion to the money that
  /// stayed, rounded up.
  public long unitsLeft(Asset asset, SaleState in) {
    long quantity = units.getOrDefault(asset, 0L);
    if (in.isTakenBack(paid()) || in.hold() == Hold.DENIED) {
      return 0;
    }
    return quantity - unitsOf(quantity, in.refunded() + in.disputes().forfeited());
  }

  /// How many of those wait in escrow: all while a review holds them, else as many as open disputes
  /// are about.
  private long unitsHeld(Asset asset, SaleState in) {
    long left = unitsLeft(asset, in);
    long contested = in.disputes().contested();
    if (!in.isHeld() || in.hold() == Hold.HELD || contested == Disputes.WHOLE) {
      return in.isHeld() ? left : 0;
    }
    boolean all = in.refunded() + in.disputes().forfeited() + contested >= paid();
    return all ? left : Math.min(left, unitsOf(units.getOrDefault(asset, 0L), contested));
  }

  private long unitsOf(long quantity, long money) {
    return paid() <= 0 ? 0 : Money.scaled(quantity, money, paid());
  }

  /// Where the sale stands in the accounts in a state.
  public Position position(String store, SaleState in) {
    var position = new Position();
    if (price != null) {
      var asset = new Asset(price.currency());
      AccountName receivable =
          outOfBand ? AccountName.outOfBandReceivable(store) : AccountName.receivable(store);
      AccountName revenue =
          product == null ? AccountName.unassigned(store) : AccountName.revenue(product);
      AccountName loss =
          product == null ? AccountName.unassigned(store) : AccountName.disputeLoss(product);
      long left = paid() - in.refunded();
      long kept = paid() < 0 ? Math.min(0, left) : Math.max(0, left);
      long keptTax = paid() == 0 ? 0 : Money.scaled(tax, kept, paid());
      long keptFee = paid() == 0 ? 0 : Money.scaled(fee, kept, paid());
      position.move(revenue, receivable, asset, kept - keptTax);
      if (!remitted) {
        position.move(AccountName.tax(store), receivable, asset, keptTax);
      }
      position.move(receivable, AccountName.fees(store), asset, keptFee);
      position.move(receivable, AccountName.disputed(store), asset, in.disputes().disputed());
      position.move(receivable, loss, asset, in.disputes().lost());
      in.disputes()
          .fees()
          .forEach((currency, cost) ->
              position.move(receivable, AccountName.fees(store), new Asset(currency), cost));
    }
    if (uid != null) {
      for (Asset asset : units.keySet()) {
        AccountName issuance = AccountName.issuance(asset.unitId());
        long held = unitsHeld(asset, in);
        position.move(issuance, AccountName.escrow(uid), asset, held);
        position.move(issuance, AccountName.inventory(uid), asset, unitsLeft(asset, in) - held);
      }
    }
    return position;
  }
}
