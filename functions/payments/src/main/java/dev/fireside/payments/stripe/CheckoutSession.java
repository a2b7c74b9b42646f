package dev.fireside.payments.stripe;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.checkout.store.OrderStore.Order;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.stripe.Payload;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of a checkout: the one thing that hands over what was bought in a single payment.
final class CheckoutSession {
  private final OrderStore orders;
  private final CatalogueStore catalogue;

  CheckoutSession(OrderStore orders, CatalogueStore catalogue) {
    this.orders = orders;
    this.catalogue = catalogue;
  }

  Work work(StripeNotice notice, StripeObject session) {
    Payload json = session.json();
    String payment = json.text("payment_status");
    boolean paid = payment.equals("paid") || payment.equals("no_payment_required");
    Order order = order(json);
    Work work = Work.NOTHING.withAliases(session.aliases());
    if (order != null) {
      work = work.with(noting(order.id(), state(notice.type(), paid)));
    }
    // An unpaid one is reported again when it is paid; subscriptions are granted by their invoices.
    return paid && json.text("mode").equals("payment")
        ? granted(work, notice, session, order)
        : work;
  }

  private Act noting(String order, OrderStore.State state) {
    return transaction ->
        orders.isNews(transaction, order, state)
            ? Act.Plan.of(writes -> orders.note(writes, order, state))
            : Act.Plan.nothing();
  }

  private @Nullable Order order(Payload session) {
    String named = session.usableId("client_reference_id");
    String id = named == null ? session.object("metadata").usableId("order_id") : named;
    return id == null ? null : orders.find(id).orElse(null);
  }

  private static OrderStore.State state(String type, boolean paid) {
    return switch (type) {
      case "checkout.session.expired" -> OrderStore.State.EXPIRED;
      case "checkout.session.async_payment_failed" -> OrderStore.State.FAILED;
      default -> paid ? OrderStore.State.PAID : OrderStore.State.PENDING;
    };
  }

  private Work granted(
      Work work, StripeNotice notice, StripeObject session, @Nullable Order order) {
    Payload json = session.json();
    String id = session.id();
    String product = session.metadata("sku");
    Money price = session.amount("amount_total");
    Money tax = StripeObject.amount(json.object("total_details"), "amount_tax", price.currency());
    long created = json.has("created") ? json.seconds("created") * 1_000 : notice.at();
    String payment = session.payment();
    PurchaseKey key = session.key(payment == null ? id : payment);
    var sold =
        new Fact.Sold(
            notice.id(),
            notice.at(),
            session.holder(),
            id,
            created,
            product == null ? "unknown" : product,
            1,
            price.minor() == 0 ? null : price,
            0,
            Math.max(0, Math.min(tax.minor(), price.minor())),
            null);
    var held = new Fact.Held(notice.id(), notice.at(), session.holder());
    Work granted = work.with(key, List.of(sold, held));
    String doubt = order == null ? doubt(product, price) : doubt(order, session, product);
    if (doubt == null) {
      return granted;
    }
    String caseId = "order_mismatch:stripe:" + id;
    return granted
        .with(key, List.of(new Fact.Judged(caseId, created, sold.key(), Hold.HELD, false)))
        .with(
            new ReviewCase(
                caseId,
                session.holder(),
                "order_mismatch",
                key,
                sold.key(),
                price.minor(),
                price.currency(),
                Map.of("detail", doubt, "session", id, "event", notice.id())));
  }

  /// What of a session without an order is not as the catalogue says; null where all is well, and
  /// where the catalogue has no price for it.
  private @Nullable String doubt(@Nullable String product, Money price) {
    Money asked = product == null ? null : catalogue.find(product).map(Product::price).orElse(null);
    return asked == null || asked.equals(price) ? null : "another amount";
  }

  /// What of a session is not as its order says; null where all is well.
  private static @Nullable String doubt(
      Order order, StripeObject session, @Nullable String product) {
    if (!order.uid().value().equals(session.holder())) {
      return "another person";
    }
    if (!order.product().equals(product)) {
      return "another product";
    }
    Payload json = session.json();
    boolean sameAmount = order.amount() == null || order.amount() == json.number("amount_total", 0);
    boolean sameCurrency =
        order.currency() == null || order.currency().equals(json.text("currency"));
    return sameAmount && sameCurrency ? null : "another amount";
  }
}
