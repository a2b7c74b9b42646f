package dev.fireside.payments.reconciliation;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.PurchaseFacts;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.stripe.Payload;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What RevenueCat's REST interface says of a purchase and is not known yet, as the facts that its
/// webhook would have brought: their effects have the same names, so whichever comes second does
/// nothing.
///
/// What the interface says may be some minutes old. Where it contradicts, it speaks for an hour
/// ago: what a webhook brought since then stands.
final class MissingFacts {
  private static final Duration SETTLING = Duration.ofHours(1);
  private static final Set<String> RENEWS =
      Set.of("will_renew", "has_already_renewed", "will_change_product");

  private final Purchase known;
  private final PurchaseFacts facts;
  private final String holder;
  private final long at;
  private final String event;
  private final List<Fact> missing = new ArrayList<>();

  /// @param known the purchase as it is known
  /// @param holder who has it, as RevenueCat says
  /// @param now when RevenueCat was asked
  MissingFacts(Purchase known, String holder, Instant now) {
    this.known = known;
    this.facts = known.facts();
    this.holder = holder;
    this.at = now.minus(SETTLING).toEpochMilli();
    this.event = "read:" + now.toEpochMilli();
  }

  /// What is missing of a single purchase.
  List<Fact> ofPurchase(Payload stated, String product) {
    String id = stated.id("store_purchase_identifier");
    long purchasedAt = stated.number("purchased_at", 0);
    var sold =
        sold(
                id,
                purchasedAt,
                product,
                stated.number("quantity", 1),
                stated.object("revenue_in_usd"),
                null)
            .in(stated.text("country"));
    boolean refunded = stated.text("status").equals("refunded");
    addSold(sold, refunded);
    addRefund(sold, refunded);
    addHolder();
    return missing;
  }

  /// What is missing of a subscription.
  ///
  /// @param transactions its payments, the oldest first
  List<Fact> ofSubscription(Payload stated, List<Payload> transactions) {
    for (Payload transaction : transactions) {
      Payload revenue = transaction.object("revenue_in_local_currency");
      var sold =
          sold(
                  transaction.id("id"),
                  transaction.number("purchased_at", 0),
                  transaction.name("product_store_identifier"),
                  1,
                  revenue.has("gross") ? revenue : transaction.object("revenue_in_usd"),
                  transaction.time("expiration_date"))
              .in(stated.text("country"));
      Sale sale = known.sales().get(sold.key());
      // RevenueCat takes the revenue of what was refunded away.
      boolean refunded = sale != null && sale.paid() > 0 && sold.price() == null;
      addSold(sold, false);
      if (refunded) {
        addRefund(sold, true);
      }
    }
    addPeriod(stated, transactions.getLast());
    addLoss(stated);
    addRenewing(stated.text("auto_renewal_status"));
    addEnd(stated);
    addHolder();
    return missing;
  }

  private Fact.Sold sold(
      String transaction,
      long purchasedAt,
      String product,
      long quantity,
      Payload revenue,
      @Nullable Long expiresAt) {
    Money price = money(revenue, "gross").filter(gross -> gross.minor() != 0).orElse(null);
    // What is known stays under the name and time that it is known by.
    Optional<Fact.Sold> before = facts.saleOf(transaction, purchasedAt, product);
    return new Fact.Sold(
        event,
        purchasedAt,
        holder,
        before.map(Fact.Sold::transaction).orElse(transaction),
        before.map(Fact.Sold::purchasedAt).orElse(purchasedAt),
        product,
        Math.max(1, quantity),
        price,
        price == null ? 0 : share(revenue, "commission", price),
        price == null ? 0 : share(revenue, "tax", price),
        expiresAt);
  }

  private static Optional<Money> money(Payload revenue, String name) {
    BigDecimal amount = revenue.decimal(name);
    return amount == null
        ? Optional.empty()
        : Optional.of(Money.ofMajor(amount, revenue.text("currency")));
  }

  private static long share(Payload revenue, String name, Money of) {
    return money(revenue, name)
        .map(part -> Math.max(0, Math.min(of.minor(), part.minor())))
        .orElse(0L);
  }

  private void addSold(Fact.Sold sold, boolean refunded) {
    boolean stated =
        facts.all(Fact.Sold.class).stream().anyMatch(fact -> fact.key().equals(sold.key()));
    // What was refunded before anybody reported it is granted and taken back at once: nothing.
    if (!stated && !(refunded && sold.price() == null)) {
      missing.add(sold);
    }
  }

  private void addRefund(Fact.Sold sold, boolean refunded) {
    List<Long> turns = facts.refundTurns(sold);
    boolean isRefunded = turns.size() % 2 == 1;
    boolean settled = turns.isEmpty() || turns.getLast() < at;
    boolean exists = known.sales().containsKey(sold.key()) || missing.contains(sold);
    if (exists && settled && refunded != isRefunded) {
      long when = turns.isEmpty() ? Math.max(sold.at() + 1, at) : at;
      missing.add(
          new Fact.Refunded(
              event, when, sold.transaction(), sold.purchasedAt(), !refunded, sold.product()));
    }
  }

  /// The store may have given more time than a payment says.
  private void addPeriod(Payload stated, Payload last) {
    Long end = stated.time("current_period_ends_at");
    if (end == null || !stated.flag("gives_access")) {
      return;
    }
    long covered =
        Math.max(
            facts.all(Fact.Covered.class).stream()
                .mapToLong(Fact.Covered::expiresAt)
                .max()
                .orElse(0),
            allSold().stream()
                .mapToLong(sold -> sold.expiresAt() == null ? 0 : sold.expiresAt())
                .max()
                .orElse(0));
    if (end > covered) {
      missing.add(
          new Fact.Covered(
              event,
              at,
              last.id("id"),
              last.number("purchased_at", 0),
              last.name("product_store_identifier"),
              end));
    }
  }

  /// What gives no access any more ends, whatever was paid for; what a webhook brought lately
  /// stands.
  private void addLoss(Payload stated) {
    if (!stated.has("gives_access") || stated.flag("gives_access")) {
      return;
    }
    Long end = stated.time("current_period_ends_at");
    long until = end == null ? at : Math.min(end, at);
    Stream.concat(
            facts.all(Fact.Covered.class).stream(),
            allSold().stream().flatMap(sold -> covered(sold).stream()))
        .filter(period -> period.at() < at && period.expiresAt() > at && !isShortened(period))
        .map(period ->
            new Fact.Shortened(event, at, period.transaction(), period.purchasedAt(), until))
        .distinct()
        .forEach(missing::add);
  }

  private static Optional<Fact.Covered> covered(Fact.Sold sold) {
    Long until = sold.expiresAt();
    return until == null
        ? Optional.empty()
        : Optional.of(
            new Fact.Covered(
                sold.event(),
                sold.at(),
                sold.transaction(),
                sold.purchasedAt(),
                sold.product(),
                until));
  }

  private boolean isShortened(Fact.Covered period) {
    return facts.all(Fact.Shortened.class).stream()
        .anyMatch(end ->
            end.transaction().equals(period.transaction())
                && end.purchasedAt() == period.purchasedAt()
                && end.at() > period.at()
                && end.until() <= at);
  }

  private List<Fact.Sold> allSold() {
    return facts.with(missing).all(Fact.Sold.class);
  }

  private void addRenewing(String status) {
    if (!status.startsWith("will_") && !RENEWS.contains(status)) {
      return;
    }
    boolean renews = RENEWS.contains(status);
    Optional<Fact.Renewing> last = facts.latest(Fact.Renewing.class);
    boolean same = last.isPresent() && last.get().on() == renews;
    boolean settled = last.isEmpty() || last.get().at() < at;
    if (!same && settled) {
      missing.add(new Fact.Renewing(event, at, renews));
    }
  }

  private void addEnd(Payload stated) {
    Long end = stated.time("current_period_ends_at");
    boolean known =
        end != null
            && facts.all(Fact.Ended.class).stream().anyMatch(ended -> ended.expiresAt() >= end);
    if (end != null && stated.text("status").equals("expired") && !known && end < at) {
      missing.add(new Fact.Ended(event, end, end));
    }
  }

  private void addHolder() {
    boolean unknown = facts.all(Fact.Held.class).isEmpty();
    boolean other =
        known.owner() != null
            && !known.owner().value().equals(holder)
            && !known.trail().contains(holder);
    if (unknown || other || isGivenBack()) {
      missing.add(new Fact.Held(event, at, holder));
    }
  }

  /// Whether the purchase is with somebody who had it before, and not by what was stated lately.
  private boolean isGivenBack() {
    return known.owner() != null
        && !known.owner().value().equals(holder)
        && facts.latest(Fact.Held.class).map(held -> held.at() < at).orElse(true);
  }
}
