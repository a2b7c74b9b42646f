package dev.fireside.payments.revenuecat;

import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.MailAddress;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event of RevenueCat's webhook, read into the facts it states.
///
/// An event type that is not known here, and one without effect, states none.
final class RevenueCatEvent {
  private static final Logger log = LoggerFactory.getLogger(RevenueCatEvent.class);

  /// An event cannot come from further ahead than this: a wrong clock must not win over all later
  /// events for ever.
  private static final Duration AHEAD_MAX = Duration.ofMinutes(5);

  private static final Duration TEMPORARY_MAX = Duration.ofHours(24);

  private static final int FRACTION_DIGITS_MAX = 30;

  private static final Set<String> FREE_PERIODS = Set.of("TRIAL", "PROMOTIONAL");

  private static final Set<String> NOISE =
      Set.of(
          "EXPERIMENT_ENROLLMENT",
          "PAYWALL_IMPRESSION",
          "PAYWALL_CLOSE",
          "PAYWALL_CANCEL",
          "PAYWALL_EXIT_OFFER",
          "PAYWALL_COMPONENT_INTERACTED");

  private static final Set<String> WITHOUT_ENVIRONMENT =
      Set.of("TEMPORARY_ENTITLEMENT_GRANT", "TRANSFER");

  /// What a grant without a product stands for.
  private static final String TEMPORARY = "rc_temporary";

  private final Payload event;
  private final long now;
  private final boolean countsCurrency;

  /// @param countsCurrency whether RevenueCat is the source of truth for virtual currencies
  RevenueCatEvent(Payload event, long now, boolean countsCurrency) {
    this.event = event;
    this.now = now;
    this.countsCurrency = countsCurrency;
  }

  String id() {
    return event.id("id");
  }

  String type() {
    return event.id("type");
  }

  /// Whether events of this type are not even worth a row: one comes with every start of an app.
  boolean isNoise() {
    return NOISE.contains(type());
  }

  /// The person whose key the body is kept under, if one can be named.
  @Nullable Uid person() {
    String holder = holder();
    return holder != null && Customer.isPerson(holder) ? new Uid(holder) : null;
  }

  /// The address that the app knows the customer by, if it is one.
  Optional<String> mail() {
    return MailAddress.normalised(
        event.object("subscriber_attributes").object("$email").text("value"));
  }

  /// What the event asks for.
  Work work() {
    return switch (type()) {
      case "INITIAL_PURCHASE", "RENEWAL" -> purchased(renewing(true));
      case "NON_RENEWING_PURCHASE" -> purchased(null);
      case "CANCELLATION" ->
          isRefund() ? purchase(refunded(false)) : purchase(renewing(false), covered());
      case "UNCANCELLATION" -> purchase(renewing(true), covered());
      case "SUBSCRIPTION_PAUSED" -> purchase(paused(), covered());
      case "EXPIRATION" -> purchase(ended(), shortened());
      case "BILLING_ISSUE" -> purchase(grace(), covered());
      case "PRODUCT_CHANGE" -> purchase(changing(), replaced());
      case "SUBSCRIPTION_EXTENDED" -> purchase(covered());
      case "REFUND_REVERSED" -> purchase(refunded(true), covered());
      case "TEMPORARY_ENTITLEMENT_GRANT" -> temporary();
      case "VIRTUAL_CURRENCY_TRANSACTION" -> adjusted();
      case "TRANSFER" -> transfer();
      case "PRICE_INCREASE_CONSENT_REQUIRED" -> purchase(new Fact.Consent(id(), at(), true));
      case "PRICE_INCREASE_CONSENT_APPROVED" -> purchase(new Fact.Consent(id(), at(), false));
      case "SUBSCRIBER_ALIAS", "PURCHASE_REDEEMED" -> Work.NOTHING.withAliases(aliases());
      default -> Work.NOTHING;
    };
  }

  private Work purchased(@Nullable Fact more) {
    Fact.Sold sold = sold();
    return purchase(sold, offered(sold), more);
  }

  private Work purchase(@Nullable Fact... facts) {
    var stated = new ArrayList<Fact>();
    for (Fact fact : facts) {
      if (fact != null) {
        stated.add(fact);
      }
    }
    String holder = holder();
    if (holder == null) {
      throw event.refuse("app_user_id", "is missing, or cannot be used");
    }
    String product = event.optionalName("product_id");
    if (product != null && event.text("period_type").equals("PROMOTIONAL")) {
      stated.add(named(product));
    }
    stated.add(new Fact.Held(id(), at(), holder));
    return Work.of(key(purchase()), stated).withAliases(aliases());
  }

  private PurchaseKey key(String id) {
    return new PurchaseKey(store(), book(), id);
  }

  /// The key of what has no transaction: named after something that may be as long as a key itself.
  private PurchaseKey key(String kind, String id) {
    String name = kind + ":" + id;
    return key(DocumentNames.isId(name) ? name : kind + ":" + Digest.hex(id, Digest.BYTES));
  }

  private String store() {
    String store = event.optionalId("store");
    if (store != null && !PurchaseKey.isStore(store)) {
      throw event.refuse("store", "is no name of a store");
    }
    return store == null ? "unknown" : store.toLowerCase(Locale.ROOT);
  }

  private Book book() {
    String name =
        event.has("environment") ? event.text("environment") : event.text("purchase_environment");
    return switch (name) {
      case "PRODUCTION" -> Book.LIVE;
      case "SANDBOX" -> Book.SANDBOX;
      case "" -> {
        if (WITHOUT_ENVIRONMENT.contains(type())) {
          yield Book.LIVE;
        }
        throw event.refuse("environment", "is missing");
      }
      default -> throw event.refuse("environment", "must be PRODUCTION or SANDBOX");
    };
  }

  private String purchase() {
    String original = event.optionalId("original_transaction_id");
    return original == null ? event.id("transaction_id") : original;
  }

  private String transaction() {
    String id = event.optionalId("transaction_id");
    return id == null ? purchase() : id;
  }

  /// When it happened, in milliseconds.
  long at() {
    Long at = event.time("event_timestamp_ms");
    if (at == null) {
      throw event.refuse("event_timestamp_ms", "is missing");
    }
    return Math.min(at, now + AHEAD_MAX.toMillis());
  }

  private long purchasedAt() {
    Long at = event.time("purchased_at_ms");
    return at == null ? 0 : at;
  }

  /// The customer, and rather a person than an id that RevenueCat made up.
  private @Nullable String holder() {
    List<String> names = names();
    return names.stream()
        .filter(Customer::isPerson)
        .findFirst()
        .orElseGet(() -> names.isEmpty() ? null : names.getFirst());
  }

  private Map<String, Uid> aliases() {
    Uid person = person();
    var aliases = new HashMap<String, Uid>();
    if (person != null) {
      names().stream().filter(id -> !Customer.isPerson(id)).forEach(id -> aliases.put(id, person));
    }
    return aliases;
  }

  /// All ids of the one customer. Apps choose them, so that a name as people write it is no fault,
  /// and one that cannot be used is passed over for the others.
  private List<String> names() {
    var names = new ArrayList<String>();
    event.usableName("app_user_id").ifPresent(names::add);
    event.usableName("original_app_user_id").ifPresent(names::add);
    names.addAll(event.usableNames("aliases"));
    if (event.text("redemption_outcome").equals("alias")) {
      names.addAll(event.usableNames("redeemed_by"));
      names.addAll(event.usableNames("redeemed_from"));
    }
    return names;
  }

  private Fact.Sold sold() {
    Money price = price();
    BigDecimal fee = fraction("commission_percentage");
    BigDecimal tax = fraction("tax_percentage");
    if (fee.add(tax).compareTo(BigDecimal.ONE) > 0) {
      throw event.refuse("tax_percentage", "is, with the commission, more than the price");
    }
    String country = event.text("country_code");
    var sold =
        new Fact.Sold(
                id(),
                at(),
                String.valueOf(holder()),
                transaction(),
                purchasedAt(),
                event.name("product_id"),
                quantity(),
                price,
                share(price, fee),
                share(price, tax),
                event.time("expiration_at_ms"))
            .in(country);
    if (!country.isEmpty() && sold.country() == null) {
      log.error("ALERT event {} names a country that is none: it is booked without", id());
    }
    return sold;
  }

  /// An introductory price or an offer code is no doubtful price.
  private @Nullable Fact offered(Fact.Sold sold) {
    boolean offered = event.text("period_type").equals("INTRO") || event.has("offer_code");
    return offered ? new Fact.Offered(id(), at(), sold.key(), null) : null;
  }

  private Fact named(String product) {
    return new Fact.Named(id(), at(), product, event.usableNames("entitlement_ids"));
  }

  private long quantity() {
    long quantity = event.number("quantity", 1);
    if (quantity < 1 || quantity > 10_000) {
      throw event.refuse("quantity", "must be from 1 to 10000");
    }
    return quantity;
  }

  private @Nullable Money price() {
    BigDecimal own = event.decimal("price_in_purchased_currency");
    String currency = event.text("currency");
    BigDecimal amount = own == null ? event.decimal("price") : own;
    if (amount == null || (amount.signum() == 0 && isFree())) {
      return null;
    }
    try {
      // Without a price of its own the event states US dollars, and nothing is nothing in any.
      boolean dollars = own == null || (amount.signum() == 0 && currency.isEmpty());
      return Money.ofMajor(amount, dollars ? "USD" : currency);
    } catch (IllegalArgumentException e) {
      throw event.refuse("price_in_purchased_currency", "is no amount of its currency");
    }
  }

  /// Whether it is the store, or whoever runs it, that gives the period away.
  private boolean isFree() {
    return FREE_PERIODS.contains(event.text("period_type"))
        || store().equals("promotional")
        || event.flag("is_family_share")
        || !event.text("offer_code").isEmpty();
  }

  /// A part of a price, from 0 to 1; 0 where it is absent.
  private BigDecimal fraction(String name) {
    BigDecimal fraction = event.decimal(name);
    if (fraction == null) {
      return BigDecimal.ZERO;
    }
    if (fraction.precision() > FRACTION_DIGITS_MAX
        || Math.abs((long) fraction.scale()) > FRACTION_DIGITS_MAX
        || fraction.signum() < 0
        || fraction.compareTo(BigDecimal.ONE) > 0) {
      throw event.refuse(name, "must be a fraction from 0 to 1");
    }
    return fraction;
  }

  private static long share(@Nullable Money price, BigDecimal fraction) {
    return price == null || price.minor() < 0 ? 0 : price.share(fraction).minor();
  }

  private boolean isRefund() {
    BigDecimal price = event.decimal("price");
    BigDecimal own = event.decimal("price_in_purchased_currency");
    return event.text("cancel_reason").equals("CUSTOMER_SUPPORT")
        || (price != null && price.signum() < 0)
        || (own != null && own.signum() < 0);
  }

  private Fact refunded(boolean reversed) {
    return new Fact.Refunded(
        id(), at(), transaction(), purchasedAt(), reversed, event.optionalName("product_id"));
  }

  private Fact renewing(boolean on) {
    return new Fact.Renewing(id(), at(), on);
  }

  private @Nullable Fact covered() {
    Long until = event.time("expiration_at_ms");
    String product = event.optionalName("product_id");
    return until == null || product == null
        ? null
        : new Fact.Covered(id(), at(), transaction(), purchasedAt(), product, until);
  }

  private Fact paused() {
    Long resumes = event.time("auto_resume_at_ms");
    return new Fact.Paused(id(), at(), resumes == null ? Fact.FOREVER : resumes);
  }

  private Fact ended() {
    Long end = event.time("expiration_at_ms");
    return new Fact.Ended(id(), at(), end == null ? at() : end);
  }

  /// Counts only against what was stated before: an end that everybody expected changes nothing.
  private @Nullable Fact shortened() {
    Long end = event.time("expiration_at_ms");
    return end == null ? null : new Fact.Shortened(id(), at(), transaction(), purchasedAt(), end);
  }

  /// A change that is carried out at once ends what was before it.
  private @Nullable Fact replaced() {
    Long end = event.time("expiration_at_ms");
    return end == null || end > at() + AHEAD_MAX.toMillis() ? null : shortened();
  }

  private @Nullable Fact grace() {
    Long end = event.time("expiration_at_ms");
    Long until = event.time("grace_period_expiration_at_ms");
    return end == null
        ? null
        : new Fact.Grace(id(), at(), end, until == null ? end : Math.max(end, until));
  }

  private Fact changing() {
    String product = event.optionalName("new_product_id");
    return new Fact.Changing(id(), at(), product == null ? event.name("product_id") : product);
  }

  private Work temporary() {
    String holder = holder();
    if (holder == null) {
      return Work.NOTHING;
    }
    String stated = event.optionalName("product_id");
    String product = stated == null ? TEMPORARY : stated;
    Long end = event.time("expiration_at_ms");
    long max = at() + TEMPORARY_MAX.toMillis();
    long until = end == null ? max : Math.min(end, max);
    // By its transaction, if one is named: the store's own answer is about that too, and ends it.
    boolean named = event.has("transaction_id");
    Fact given =
        named
            ? new Fact.Covered(id(), at(), transaction(), purchasedAt(), product, until)
            : new Fact.Extended(id(), at(), product, until);
    PurchaseKey key = named ? key(purchase()) : key("temporary", holder);
    return Work.of(key, List.of(given, named(product), new Fact.Held(id(), at(), holder)))
        .withAliases(aliases());
  }

  private Work adjusted() {
    String holder = holder();
    if (!countsCurrency || holder == null) {
      return Work.NOTHING;
    }
    String adjustment = event.id("virtual_currency_transaction_id");
    var facts = new ArrayList<Fact>();
    for (Payload change : event.objects("adjustments")) {
      String code = change.object("currency").id("code");
      long amount = change.number("amount", 0);
      if (!CurrencyCode.isValid(code) || Math.abs(amount) > Money.MINOR_MAX) {
        throw change.refuse("currency", "is no adjustment of a currency");
      }
      facts.add(new Fact.Adjusted(id(), at(), holder, adjustment, code, amount));
    }
    return Work.of(key("currency", adjustment), facts).withAliases(aliases());
  }

  private Work transfer() {
    List<String> from = event.usableNames("transferred_from");
    List<String> to = event.usableNames("transferred_to");
    if (from.isEmpty() || to.isEmpty()) {
      throw event.refuse(
          from.isEmpty() ? "transferred_from" : "transferred_to", "must name a customer");
    }
    String target = to.stream().filter(Customer::isPerson).findFirst().orElse(to.getFirst());
    var transfer =
        new Work.Transfer(
            id(),
            at(),
            event.has("store") ? store() : Customer.Transfer.ANY_STORE,
            book(),
            from.stream().filter(id -> !id.equals(target)).toList(),
            target);
    return Work.NOTHING.with(transfer);
  }
}
