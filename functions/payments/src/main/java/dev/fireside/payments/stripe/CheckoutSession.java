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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of a checkout: the one thing that hands over what was bought in a single payment.
final class CheckoutSession {
  private static final long QUANTITY_MAX = 10_000;

  private final OrderStore orders;
  private final CatalogueStore catalogue;
  private final StripeReader reader;

  CheckoutSession(OrderStore orders, CatalogueStore catalogue, StripeReader reader) {
    this.orders = orders;
    this.catalogue = catalogue;
    this.reader = reader;
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
    String id = session.id();
    Money price = session.amount("amount_total");
    String payment = session.payment();
    PurchaseKey key = session.key(payment == null ? id : payment);
    // An order of ours is for one product: only what others sold can have several.
    List<Bought> bought =
        order == null ? bought(session) : List.of(Bought.of(session.metadata("sku")));
    List<Fact.Sold> sold = sold(notice, session, price, bought);
    var facts = new ArrayList<Fact>(sold);
    for (int i = 0; sold.size() > 1 && i < sold.size(); i++) {
      facts.add(new Fact.Line(notice.id(), notice.at(), sold.get(i).key(), bought.get(i).id()));
    }
    facts.add(new Fact.Held(notice.id(), notice.at(), session.holder()));
    String first = sold.getFirst().key();
    Work granted = work.with(key, facts);
    String doubt =
        order == null ? doubt(sold, bought) : doubt(order, session, bought.getFirst().product());
    if (doubt == null) {
      return granted;
    }
    String caseId = "order_mismatch:stripe:" + id;
    String doubted = sold.size() > 1 ? Fact.Judged.ALL : first;
    long created = sold.getFirst().purchasedAt();
    return granted
        .with(key, List.of(new Fact.Judged(caseId, created, doubted, Hold.HELD, false)))
        .with(
            new ReviewCase(
                caseId,
                session.holder(),
                "order_mismatch",
                key,
                doubted,
                price.minor(),
                price.currency(),
                Map.of("detail", doubt, "session", id, "event", notice.id())));
  }

  /// A line of a session.
  ///
  /// @param id Stripe's id of it
  /// @param due what it adds to the total, as Stripe counts it
  private record Bought(String id, @Nullable String product, long quantity, long due, long tax) {
    /// All that a session sold.
    static Bought of(@Nullable String product) {
      return new Bought("", product, 1, 1, 1);
    }
  }

  /// What a session sold: its lines, which events leave out. The metadata name the product where
  /// the catalogue does not know a line by its price.
  private List<Bought> bought(StripeObject session) {
    String sku = session.metadata("sku");
    String path = "/v1/checkout/sessions/" + session.id() + "/line_items";
    Payload stated = session.json().object("line_items");
    List<Payload> lines =
        stated.has("data")
            ? StripeObject.all(stated, path, reader)
            : reader
                .read(path + "?limit=100")
                .map(list -> StripeObject.all(list, path, reader))
                .orElse(List.of());
    var bought = new ArrayList<Bought>();
    boolean named = sku == null;
    boolean one = lines.size() == 1;
    for (int i = 0; i < lines.size(); i++) {
      Payload line = lines.get(i);
      String price = line.object("price").usableId("id");
      boolean known = !(one && sku != null) && price != null && catalogue.find(price).isPresent();
      bought.add(
          new Bought(
              String.valueOf(line.has("id") ? line.id("id") : i),
              known || named ? price : sku,
              Math.clamp(line.number("quantity", 1), 1, QUANTITY_MAX),
              StripeObject.whole(line, "amount_total"),
              StripeObject.whole(line, "amount_tax")));
      named |= !known;
    }
    return bought.isEmpty() ? List.of(Bought.of(sku)) : bought;
  }

  private static List<Fact.Sold> sold(
      StripeNotice notice, StripeObject session, Money price, List<Bought> bought) {
    Payload json = session.json();
    Money tax = StripeObject.amount(json.object("total_details"), "amount_tax", price.currency());
    long created = json.has("created") ? json.seconds("created") * 1_000 : notice.at();
    List<Long> prices = Money.divided(price.minor(), bought.stream().map(Bought::due).toList());
    List<Long> taxes =
        Money.divided(
            Math.clamp(tax.minor(), 0, Math.max(0, price.minor())),
            bought.stream().map(Bought::tax).toList());
    var sold = new ArrayList<Fact.Sold>();
    for (int i = 0; i < bought.size(); i++) {
      Bought line = bought.get(i);
      String product = line.product();
      sold.add(
          new Fact.Sold(
                  notice.id(),
                  notice.at(),
                  session.holder(),
                  i == 0 ? session.id() : session.id() + ":" + line.id(),
                  created,
                  product == null ? StripeObject.UNKNOWN : product,
                  line.quantity(),
                  prices.get(i) == 0 ? null : new Money(prices.get(i), price.currency()),
                  0,
                  taxes.get(i),
                  null)
              .in(json.object("customer_details").object("address").text("country")));
    }
    return sold;
  }

  /// What of a session without an order is not as the catalogue says; null where all is well, and
  /// where the catalogue has no price for it.
  private @Nullable String doubt(List<Fact.Sold> sold, List<Bought> bought) {
    for (int i = 0; i < sold.size(); i++) {
      String product = bought.get(i).product();
      Money asked =
          product == null ? null : catalogue.find(product).map(Product::price).orElse(null);
      Money paid = sold.get(i).price();
      boolean same =
          asked == null
              || (paid != null
                  && paid.currency().equals(asked.currency())
                  && paid.minor() == asked.minor() * sold.get(i).quantity());
      if (!same) {
        return "another amount";
      }
    }
    return null;
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
