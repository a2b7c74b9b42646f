package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.Money;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Something a provider or a reviewer stated about a purchase. Facts are only ever added; where a
/// purchase stands follows from the set of them, whatever order they came in.
///
/// Times are milliseconds since 1970, as the providers send them.
public sealed interface Fact {
  /// Amount of time that stands for "never".
  long FOREVER = Long.MAX_VALUE;

  /// The provider's id of the event that stated it.
  String event();

  /// When it happened.
  long at();

  /// Two facts with one identity state the same.
  String identity();

  /// A fact of which only the latest is kept.
  sealed interface Latest extends Fact {
    /// Whether it stays, whatever is reported later.
    default boolean stays() {
      return false;
    }

    /// Settles what happened at once: the higher is the later.
    default int rank() {
      return 0;
    }
  }

  /// A transaction was paid for, or was free.
  ///
  /// @param holder the store's customer
  /// @param transaction the store's transaction id
  /// @param purchasedAt with the transaction id the key of the effect: some stores repeat ids
  /// @param product the store's product
  /// @param quantity how many of the product
  /// @param price null for none
  /// @param fee what the store keeps of it
  /// @param tax tax inside the price
  /// @param expiresAt end of the paid period; null for what has no period, 0 for what gives no
  ///   access
  /// @param outOfBand true where it was paid past the store, which then has no money of it; else
  ///   null
  /// @param country where it was bought, two letters of ISO 3166; null where nobody states it
  record Sold(
      String event,
      long at,
      String holder,
      String transaction,
      long purchasedAt,
      String product,
      long quantity,
      @Nullable Money price,
      long fee,
      long tax,
      @Nullable Long expiresAt,
      @Nullable Boolean outOfBand,
      @Nullable String country)
      implements Fact {
    private static final Pattern COUNTRY = Pattern.compile("[A-Z]{2}");

    /// A transaction that was paid through the store, in a country that nobody states.
    public Sold(
        String event,
        long at,
        String holder,
        String transaction,
        long purchasedAt,
        String product,
        long quantity,
        @Nullable Money price,
        long fee,
        long tax,
        @Nullable Long expiresAt) {
      this(
          event,
          at,
          holder,
          transaction,
          purchasedAt,
          product,
          quantity,
          price,
          fee,
          tax,
          expiresAt,
          null,
          null);
    }

    /// This sale in a country; in none that is known where the text is no code of one.
    public Sold in(String code) {
      return with(
          transaction,
          purchasedAt,
          price,
          outOfBand,
          COUNTRY.matcher(code).matches() ? code : null);
    }

    /// The key of this transaction among all of its purchase.
    public String key() {
      return keyOf(transaction, purchasedAt);
    }

    /// This sale at what it costs without the offers among `facts`: what its price is judged by.
    /// Without a price where nobody states it. A negative price is no offer.
    public Sold listed(Collection<? extends Fact> facts) {
      for (Fact fact : facts) {
        if (fact instanceof Offered offered && offered.key().equals(key()) && !isNegative()) {
          return withPrice(offered.list());
        }
      }
      return this;
    }

    /// This sale under another name and time.
    Sold as(String other, long at) {
      return with(other, at, price, outOfBand, country);
    }

    /// Whether it and `other`, of one transaction, are one payment: stores repeat an id for another
    /// period, and state one time not always to the millisecond.
    boolean isNear(Sold other) {
      return isNear(other.purchasedAt) && other.isNear(purchasedAt);
    }

    /// Whether something that was stated about its transaction at a time is about it.
    boolean isNear(long time) {
      long apart = Math.abs(time - purchasedAt);
      return apart == 0
          || expiresAt == null
          || (expiresAt > purchasedAt && apart < (expiresAt - purchasedAt) / 2);
    }

    /// This sale at another price.
    public Sold withPrice(@Nullable Money other) {
      return with(transaction, purchasedAt, other, outOfBand, country);
    }

    /// This sale, paid past the store.
    public Sold paidOutOfBand() {
      return with(transaction, purchasedAt, price, true, country);
    }

    private Sold with(
        String name,
        long time,
        @Nullable Money amount,
        @Nullable Boolean past,
        @Nullable String where) {
      return new Sold(
          event, at, holder, name, time, product, quantity, amount, fee, tax, expiresAt, past,
          where);
    }

    private boolean isNegative() {
      return price != null && price.minor() < 0;
    }

    @Override
    public String identity() {
      return "sold " + key();
    }
  }

  /// A transaction did not cost what its product does: an introductory price, an offer, a discount,
  /// a part of a period.
  ///
  /// @param key key of the transaction
  /// @param list what it costs otherwise; null where nobody states it
  record Offered(String event, long at, String key, @Nullable Money list) implements Fact {
    @Override
    public String identity() {
      return "offered " + key;
    }
  }

  /// What a product gives that the provider made up itself, and that no catalogue has.
  record Named(String event, long at, String product, List<String> entitlements) implements Fact {
    public Named {
      entitlements = List.copyOf(entitlements);
    }

    @Override
    public String identity() {
      return "named " + product + " " + entitlements;
    }
  }

  /// The money of a transaction went back to the customer as a whole, or came again.
  ///
  /// @param purchasedAt 0 where the event does not say
  /// @param product the store's product that it was for; null where the event does not say, as none
  ///   did at first
  record Refunded(
      String event,
      long at,
      String transaction,
      long purchasedAt,
      boolean reversed,
      @Nullable String product)
      implements Fact {
    /// A refund of all that its transaction paid for.
    public Refunded(String event, long at, String transaction, long purchasedAt, boolean reversed) {
      this(event, at, transaction, purchasedAt, reversed, null);
    }

    @Override
    public String identity() {
      String what = product == null ? "" : " " + product;
      return "refunded " + keyOf(transaction, purchasedAt) + " " + reversed + " " + at + what;
    }
  }

  /// How much of a payment has been refunded so far.
  record RefundTotal(String event, long at, long amount) implements Fact {
    @Override
    public String identity() {
      return "total " + at + " " + amount;
    }
  }

  /// A refund by its own id, as it was last seen.
  ///
  /// @param failed whether the money came back to us
  record RefundSeen(String event, long at, String refund, long amount, boolean failed)
      implements Fact {
    @Override
    public String identity() {
      return "refund " + refund + " " + failed;
    }
  }

  /// A dispute about a payment, as it was once.
  ///
  /// @param amount what is disputed
  /// @param movements how often money has moved because of it: what knows of more is newer
  /// @param fees what it costs us, in minor units by currency
  record Disputed(
      String event,
      long at,
      String dispute,
      DisputeState state,
      long amount,
      int movements,
      Map<String, Long> fees)
      implements Fact {
    public Disputed {
      fees = Collections.unmodifiableMap(new TreeMap<>(fees));
    }

    @Override
    public String identity() {
      return "dispute " + dispute + " " + state + " " + movements;
    }
  }

  /// Where a dispute stands; later constants settle it.
  enum DisputeState {
    OPEN,
    WON,
    LOST
  }

  /// A transaction gives access until then; stated by any event about it.
  record Covered(
      String event, long at, String transaction, long purchasedAt, String product, long expiresAt)
      implements Fact {
    @Override
    public String identity() {
      return "covered " + keyOf(transaction, purchasedAt) + " " + expiresAt;
    }

    /// Whether something that was stated about its transaction at a time is about it, as with
    /// [Sold#isNear].
    boolean isNear(long time) {
      long apart = Math.abs(time - purchasedAt);
      return apart == 0 || (expiresAt > purchasedAt && apart < (expiresAt - purchasedAt) / 2);
    }
  }

  /// The store gave more time.
  record Extended(String event, long at, String product, long until) implements Fact {
    @Override
    public String identity() {
      return "extended " + product + " " + until;
    }
  }

  /// A renewal could not be paid; access goes on for a while.
  record Grace(String event, long at, long expiresAt, long until) implements Fact {
    @Override
    public String identity() {
      return "grace " + expiresAt + " " + until;
    }
  }

  /// A period ended without another.
  record Ended(String event, long at, long expiresAt) implements Fact {
    @Override
    public String identity() {
      return "ended " + expiresAt;
    }
  }

  /// The customer switched renewal on or off.
  record Renewing(String event, long at, boolean on) implements Latest {
    @Override
    public String identity() {
      return "renewing";
    }
  }

  /// The customer paused the subscription from its next renewal on.
  record Paused(String event, long at, long resumesAt) implements Latest {
    @Override
    public String identity() {
      return "paused";
    }
  }

  /// The store asked the customer to agree to a higher price, or heard that they do.
  record Consent(String event, long at, boolean asked) implements Latest {
    @Override
    public String identity() {
      return "consent";
    }
  }

  /// A transaction's access ended earlier than was stated before: somebody took it back.
  record Shortened(String event, long at, String transaction, long purchasedAt, long until)
      implements Fact {
    @Override
    public String identity() {
      return "shortened " + keyOf(transaction, purchasedAt) + " " + until;
    }
  }

  /// Another product from the next renewal on.
  record Changing(String event, long at, String product) implements Fact {
    /// How far a change and the transaction that carries it out at once are apart, at most.
    public static final long APART_MAX_MILLIS = 2L * 24 * 3_600_000;

    @Override
    public String identity() {
      return "changing " + at + " " + product;
    }
  }

  /// Who held the purchase at that time.
  record Held(String event, long at, String holder) implements Latest {
    @Override
    public String identity() {
      return "held";
    }
  }

  /// A subscription as the provider describes it as a whole.
  ///
  /// @param rank settles what happened within one second: an ended subscription stays ended
  /// @param access whether its status gives access
  /// @param product the product of its first item
  /// @param until end of the period of its first item
  /// @param others its other items; null for none
  record Status(
      String event,
      long at,
      int rank,
      String status,
      boolean access,
      String product,
      long until,
      boolean renewing,
      @Nullable List<Item> others)
      implements Latest {
    public Status {
      others = others == null || others.isEmpty() ? null : List.copyOf(others);
    }

    /// A subscription of one item.
    public Status(
        String event,
        long at,
        int rank,
        String status,
        boolean access,
        String product,
        long until,
        boolean renewing) {
      this(event, at, rank, status, access, product, until, renewing, null);
    }

    /// All its items.
    public List<Item> items() {
      var items = new ArrayList<Item>();
      items.add(new Item(product, until));
      items.addAll(others == null ? List.of() : others);
      return items;
    }

    @Override
    public String identity() {
      return "status";
    }
  }

  /// One of the products that a subscription is of.
  ///
  /// @param until end of its period
  record Item(String product, long until) {}

  /// A transaction is one of several that were paid for together, by the lines of an invoice. What
  /// is refunded or disputed of the payment is divided over them.
  ///
  /// @param key key of the transaction
  /// @param line the provider's id of the line
  record Line(String event, long at, String key, String line) implements Fact {
    @Override
    public String identity() {
      return "line " + key;
    }
  }

  /// How much of each line a refund is for, as a credit note says.
  ///
  /// @param voided whether the note was taken back
  /// @param lines amounts by the provider's ids of lines
  record Credited(String event, long at, String note, boolean voided, Map<String, Long> lines)
      implements Fact {
    public Credited {
      lines = Collections.unmodifiableMap(new TreeMap<>(lines));
    }

    @Override
    public String identity() {
      return "credited " + note + " " + voided;
    }
  }

  /// A payment is for a period of a subscription, which is a purchase of its own.
  ///
  /// @param subscription the id of that purchase
  record PartOf(String event, long at, String subscription) implements Fact {
    @Override
    public String identity() {
      return "part of " + subscription;
    }
  }

  /// Whether the payment of a period stands, as that payment's own purchase says: not while it is
  /// held or disputed, nor once it is denied or lost.
  ///
  /// @param step how many changes of the payment were posted by then: doubts may be as old as each
  ///   other
  record Backed(String event, long at, String transaction, boolean stands, int step)
      implements Latest {
    @Override
    public int rank() {
      return step;
    }

    @Override
    public String identity() {
      return "backed " + transaction;
    }
  }

  /// What a review case says about a transaction: each case for itself, first what raised it, then
  /// its decision, which stays.
  ///
  /// @param event the case
  /// @param key the transaction
  /// @param decided whether it is the decision
  record Judged(String event, long at, String key, Hold hold, boolean decided) implements Latest {
    /// In place of a key: all transactions of the purchase.
    public static final String ALL = "*";

    /// What the ids of cases about prices begin with.
    public static final String PRICE = "price";

    /// Whether it is a doubt about what was paid that nobody has decided.
    boolean isOpenPrice() {
      return !decided && event.startsWith(PRICE + ":");
    }

    @Override
    public boolean stays() {
      return decided;
    }

    @Override
    public int rank() {
      return 0;
    }

    @Override
    public String identity() {
      return "judged " + key + " " + event;
    }
  }

  /// Units that the provider itself counts were given or taken.
  record Adjusted(String event, long at, String holder, String adjustment, String code, long amount)
      implements Fact {
    @Override
    public String identity() {
      return "adjusted " + adjustment + " " + code;
    }
  }

  /// An admin said whose the purchase is. What was granted to somebody else goes to them.
  ///
  /// @param to a person
  record Assigned(String event, long at, String to) implements Latest {
    @Override
    public String identity() {
      return "assigned";
    }
  }

  /// A name by which the store, or its customer, also knows the purchase: of its invoice, its
  /// charge, its order.
  record Known(String event, long at, String name) implements Fact {
    @Override
    public String identity() {
      return "known " + name;
    }
  }

  /// The address that the store's receipt went to, as its keyed hash: the one fact that is taken
  /// away again, with the person.
  record Mailed(String event, long at, String mail) implements Fact {
    @Override
    public String identity() {
      return "mailed " + mail;
    }
  }

  /// The key of a transaction: stores may repeat an id for another period.
  static String keyOf(String transaction, long purchasedAt) {
    return purchasedAt == 0 ? transaction : transaction + "@" + purchasedAt;
  }
}
