package dev.fireside.payments.reconciliation;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.reconciliation.store.ReconciliationStore;
import dev.fireside.payments.revenuecat.store.RevenueCatGateway;
import dev.fireside.payments.revenuecat.store.RevenueCatGateway.Listing;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Walks over RevenueCat's customers, a part with each call, and repairs what is not as it says
/// there.
final class ReadRevenueCatAgain {
  private static final Logger log = LoggerFactory.getLogger(ReadRevenueCatAgain.class);
  private static final String PROVIDER = "revenuecat";

  private final ReconciliationStore store;
  private final RevenueCatGateway revenueCat;
  private final ApplyFacts apply;
  private final Clock clock;

  ReadRevenueCatAgain(
      ReconciliationStore store, RevenueCatGateway revenueCat, ApplyFacts apply, Clock clock) {
    this.store = store;
    this.revenueCat = revenueCat;
    this.apply = apply;
    this.clock = clock;
  }

  /// Goes on from where it was left, once around at most, as far as the time goes.
  void read(Instant end) {
    if (!revenueCat.isConfigured()) {
      return;
    }
    String cursor = store.cursor(PROVIDER);
    Map<String, String> products = new HashMap<>();
    while (clock.instant().isBefore(end)) {
      Listing page = cursor.isEmpty() ? revenueCat.customers() : revenueCat.page(cursor);
      for (Payload customer : page.items()) {
        // A name of the app's choice, and not always one that we would take.
        String id = customer.text("id");
        if (!id.isEmpty()) {
          visit(id, products);
        }
      }
      cursor = page.next();
      store.putCursor(PROVIDER, cursor, clock.instant());
      if (cursor.isEmpty()) {
        return;
      }
    }
  }

  private void visit(String customer, Map<String, String> products) {
    try {
      guarded(customer, () -> repair(customer, products));
    } catch (RuntimeException e) {
      // Next time the walk goes on behind them, so that nobody can hold it up for good.
      store.putCursor(PROVIDER, revenueCat.after(customer), clock.instant());
      throw e;
    }
  }

  private void repair(String customer, Map<String, String> products) {
    Instant now = clock.instant();
    List<Payload> purchases = revenueCat.ofCustomer(customer, "purchases");
    List<Payload> subscriptions = revenueCat.ofCustomer(customer, "subscriptions");
    if (purchases.isEmpty() && subscriptions.isEmpty()) {
      return;
    }
    String holder = holder(customer);
    for (Payload purchase : purchases) {
      guarded(
          customer,
          () -> {
            PurchaseKey key = key(purchase, purchase.id("store_purchase_identifier"));
            Purchase known = store.purchase(key);
            String product = product(purchase.id("product_id"), products);
            apply(
                key,
                new MissingFacts(known, holder, now).ofPurchase(purchase, product),
                customer,
                holder);
          });
    }
    for (Payload subscription : subscriptions) {
      guarded(customer, () -> repair(subscription, customer, holder, now));
    }
  }

  private void repair(Payload subscription, String customer, String holder, Instant now) {
    List<Payload> transactions =
        revenueCat.transactions(subscription.id("id")).stream()
            .sorted(Comparator.comparingLong(transaction -> transaction.number("purchased_at", 0)))
            .toList();
    if (transactions.isEmpty()) {
      // Only the app stores report them; Stripe's own events repair what is Stripe's.
      return;
    }
    // Webhooks name a subscription by its first transaction.
    PurchaseKey key = key(subscription, transactions.getFirst().id("id"));
    Purchase known = store.purchase(key);
    String named = subscription.optionalId("store_subscription_identifier");
    if (known.facts().list().isEmpty() && named != null) {
      Purchase other = store.purchase(key(subscription, named));
      known = other.facts().list().isEmpty() ? known : other;
    }
    apply(
        known.key(),
        new MissingFacts(known, holder, now).ofSubscription(subscription, transactions),
        customer,
        holder);
  }

  private static void guarded(String customer, Runnable work) {
    try {
      work.run();
    } catch (ProblemException | IllegalArgumentException | IllegalStateException e) {
      unreadable(customer, e);
    }
  }

  /// What cannot be read is no reason to leave the rest; the next walk tries it again.
  private static void unreadable(String customer, RuntimeException e) {
    log.error("ALERT what RevenueCat says of {} cannot take effect", customer, e);
  }

  private void apply(PurchaseKey key, List<Fact> facts, String customer, String holder) {
    if (facts.isEmpty()) {
      return;
    }
    log.warn("No webhook brought {} facts about {}", facts.size(), key.name());
    Map<String, Uid> aliases =
        holder.equals(customer) ? Map.of() : Map.of(customer, new Uid(holder));
    apply.apply(Work.of(key, facts).withAliases(aliases));
  }

  /// The person among the names of a customer; the customer where there is none.
  private String holder(String customer) {
    if (Customer.isPerson(customer)) {
      return customer;
    }
    return revenueCat.ofCustomer(customer, "aliases").stream()
        .map(alias -> alias.text("id"))
        .filter(Customer::isPerson)
        .findFirst()
        .orElse(customer);
  }

  private String product(String id, Map<String, String> products) {
    return products.computeIfAbsent(
        id,
        missing ->
            revenueCat
                .product(missing)
                .map(product -> product.text("store_identifier"))
                .filter(DocumentNames::isId)
                .orElse(missing));
  }

  private static PurchaseKey key(Payload of, String id) {
    Book book = of.text("environment").equals("sandbox") ? Book.SANDBOX : Book.LIVE;
    return new PurchaseKey(of.text("store"), book, id);
  }
}
