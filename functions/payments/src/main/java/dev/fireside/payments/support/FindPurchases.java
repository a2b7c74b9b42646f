package dev.fireside.payments.support;

import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.MailAddress;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import dev.fireside.payments.purchases.store.PurchaseFinder;
import dev.fireside.payments.purchases.store.PurchaseFinder.By;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.Sheet;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds purchases by what a customer can say of them.
final class FindPurchases {
  private static final Pattern CHARGE = Pattern.compile("(ch|py)_[A-Za-z0-9]{1,200}");
  private static final String UNASSIGNED = "unassigned";

  private final PurchaseFinder purchases;
  private final Vault vault;
  private final StripeGateway stripe;

  /// A purchase as it was found.
  ///
  /// @param id names it here, such as in `POST /api/payments/purchases/{id}/refunds`
  /// @param purchase the store's id of it
  /// @param owner who has its access; null for nobody
  /// @param names all of the store's ids that it is found by
  /// @param waiting what it waits for
  record Found(
      String id,
      String store,
      String book,
      String purchase,
      @Nullable Uid owner,
      Set<String> names,
      List<String> waiting,
      List<Bought> sales) {}

  /// A transaction of a purchase.
  ///
  /// @param id of its receipt, with which the ids of its journals begin
  /// @param sale names it inside the purchase
  /// @param uid who got it; null while nobody is known
  /// @param product the catalogue's id; null while it is not known
  /// @param status as receipts say it, or `unassigned`
  record Bought(
      String id,
      String sale,
      @Nullable Uid uid,
      @Nullable String product,
      String status,
      @Nullable Long amount,
      @Nullable String currency,
      @Nullable Long refunded,
      @Nullable Instant purchasedAt) {}

  /// A row of the table: a purchase with one of its transactions, or with none.
  private record Row(Found found, @Nullable Bought sale) {
    static List<Row> of(Found found) {
      return found.sales().isEmpty()
          ? List.of(new Row(found, null))
          : found.sales().stream().map(sale -> new Row(found, sale)).toList();
    }

    private <T> @Nullable T of(Function<Bought, @Nullable T> field) {
      return sale == null ? null : field.apply(sale);
    }
  }

  static final Sheet<Found> SHEET =
      Sheet.<Row>named("purchases")
          .column("id", row -> row.found().id())
          .column("store", row -> row.found().store())
          .column("book", row -> row.found().book())
          .column("purchase", row -> row.found().purchase())
          .column("owner", row -> row.found().owner())
          .column("waiting", row -> row.found().waiting())
          .column("receipt", row -> row.of(Bought::id))
          .column("sale", row -> row.of(Bought::sale))
          .column("uid", row -> row.of(Bought::uid))
          .column("product", row -> row.of(Bought::product))
          .column("status", row -> row.of(Bought::status))
          .column("amount", row -> row.of(Bought::amount))
          .column("currency", row -> row.of(Bought::currency))
          .column("refunded", row -> row.of(Bought::refunded))
          .column("purchasedAt", row -> row.of(Bought::purchasedAt))
          .each(Row::of);

  FindPurchases(Platform platform, StripeGateway stripe) {
    this.purchases = new PurchaseFinder(platform.documents());
    this.vault = new Vault(platform.documents(), platform.config(), platform.clock());
    this.stripe = stripe;
  }

  /// One page of what somebody got something by.
  Part<Found> of(Uid person, @Nullable String after, int limit) {
    return found(By.PERSON, person.value(), after, limit);
  }

  /// One page of what has such a name at its store, whichever that is: an order, a transaction, an
  /// invoice, a payment or a charge.
  Part<Found> named(String name, @Nullable String after, int limit) {
    Part<Found> named = found(By.NAME, name, after, limit);
    if (after != null || !named.items().isEmpty()) {
      return named;
    }
    return paymentOf(name).map(payment -> found(By.NAME, payment, null, limit)).orElse(named);
  }

  /// One page of what a receipt was sent about to an address; nothing for what is no address.
  Part<Found> mailedTo(String address, @Nullable String after, int limit) {
    return MailAddress.normalised(address)
        .map(plain -> found(By.MAIL, vault.blindIndex(Vault.MAIL, plain), after, limit))
        .orElse(new Part<>(List.of(), null));
  }

  /// The same as purchases: up to `limit` of them.
  List<Purchase> purchasesNamed(String name, int limit) {
    List<Purchase> found = purchases.find(By.NAME, name, null, limit);
    return found.isEmpty()
        ? paymentOf(name)
            .map(payment -> purchases.find(By.NAME, payment, null, limit))
            .orElse(List.of())
        : found;
  }

  /// The payment behind a charge, which events about purchases do not all name.
  private Optional<String> paymentOf(String charge) {
    return CHARGE.matcher(charge).matches() && stripe.isConfigured()
        ? stripe
            .read("/v1/charges/" + charge)
            .map(Payload::of)
            .flatMap(json -> Optional.ofNullable(json.usableId("payment_intent")))
        : Optional.empty();
  }

  private Part<Found> found(By by, String what, @Nullable String after, int limit) {
    return Part.of(
            purchases.find(by, what, after, limit + 1), limit, purchase -> purchase.key().name())
        .map(FindPurchases::view);
  }

  private static Found view(Purchase purchase) {
    return new Found(
        purchase.key().name(),
        purchase.key().store(),
        purchase.key().book().wireName(),
        purchase.key().id(),
        purchase.owner(),
        purchase.names(),
        purchase.waiting(),
        purchase.facts().all(Fact.Sold.class).stream()
            .map(sold -> bought(purchase, sold))
            .toList());
  }

  private static Bought bought(Purchase purchase, Fact.Sold sold) {
    Sale sale = purchase.sales().get(sold.key());
    Money price = sold.price();
    return new Bought(
        Sale.receipt(purchase.key(), sold.key()),
        sold.key(),
        sale == null ? null : sale.uid(),
        sale == null ? null : sale.product(),
        sale != null && sale.isAssigned() ? sale.status() : UNASSIGNED,
        price == null ? null : Long.valueOf(price.minor()),
        price == null ? null : price.currency(),
        price == null || sale == null ? null : Long.valueOf(sale.state().refunded()),
        Instant.ofEpochMilli(sold.purchasedAt() == 0 ? sold.at() : sold.purchasedAt()));
  }
}
