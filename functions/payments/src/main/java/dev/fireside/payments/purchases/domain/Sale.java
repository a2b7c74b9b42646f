package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.Position;
import dev.fireside.shared.ids.Uid;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One transaction that was posted: what was granted to whom, as the catalogue had it then, and how
/// far its journals are.
///
/// @param key key of the transaction in its purchase
/// @param uid who got it; a transfer of the subscription does not move what was granted
/// @param product the catalogue's id
/// @param price null where it was free; negative where a line of an invoice gives money back, as a
///   change of plan does
/// @param fee what the store keeps
/// @param tax tax inside the price
/// @param units units granted
/// @param state what has been posted
/// @param steps how many changes of its state were posted
public record Sale(
    String key,
    Uid uid,
    String product,
    @Nullable Money price,
    long fee,
    long tax,
    Map<Asset, Long> units,
    SaleState state,
    int steps) {

  public Sale {
    var sorted = new TreeMap<Asset, Long>(java.util.Comparator.comparing(Asset::code));
    sorted.putAll(units);
    units = java.util.Collections.unmodifiableMap(sorted);
  }

  /// The price in minor units; 0 where it was free.
  public long paid() {
    return price == null ? 0 : price.minor();
  }

  /// Whether there is anything to post about it: a free trial without units leaves no journal.
  boolean isBooked() {
    return paid() != 0 || !units.isEmpty();
  }

  /// This sale as one more step leaves it.
  public Sale after(SaleState next) {
    return new Sale(key, uid, product, price, fee, tax, units, next, steps + 1);
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
      AccountName receivable = AccountName.receivable(store);
      long left = paid() - in.refunded();
      long kept = paid() < 0 ? Math.min(0, left) : Math.max(0, left);
      long keptTax = paid() == 0 ? 0 : Money.scaled(tax, kept, paid());
      long keptFee = paid() == 0 ? 0 : Money.scaled(fee, kept, paid());
      position.move(AccountName.revenue(product), receivable, asset, kept - keptTax);
      position.move(AccountName.tax(store), receivable, asset, keptTax);
      position.move(receivable, AccountName.fees(store), asset, keptFee);
      position.move(receivable, AccountName.disputed(store), asset, in.disputes().disputed());
      position.move(receivable, AccountName.disputeLoss(product), asset, in.disputes().lost());
      in.disputes()
          .fees()
          .forEach((currency, cost) ->
              position.move(receivable, AccountName.fees(store), new Asset(currency), cost));
    }
    for (Asset asset : units.keySet()) {
      AccountName issuance = AccountName.issuance(asset.unitId());
      long held = unitsHeld(asset, in);
      position.move(issuance, AccountName.escrow(uid), asset, held);
      position.move(issuance, AccountName.inventory(uid), asset, unitsLeft(asset, in) - held);
    }
    return position;
  }
}
