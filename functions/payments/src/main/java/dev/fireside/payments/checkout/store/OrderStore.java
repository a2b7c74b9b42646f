package dev.fireside.payments.checkout.store;

import dev.fireside.ledger.domain.Money;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What people set out to buy through Stripe: `orders/{id}`, and their customers at Stripe:
/// `stripeCustomers/{uid}`.
public final class OrderStore {
  private final Documents documents;
  private final Clock clock;

  public OrderStore(Documents documents, Clock clock) {
    this.documents = documents;
    this.clock = clock;
  }

  /// How far an order is. Later ones stay: news of an earlier one come late.
  public enum State {
    OPEN,
    PENDING,
    EXPIRED,
    FAILED,
    PAID;

    String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// An order.
  ///
  /// @param amount what the checkout asks for, as Stripe counts; null where it is not known yet
  /// @param currency in lower case, as Stripe writes it
  public record Order(
      String id, Uid uid, String product, @Nullable Long amount, @Nullable String currency) {}

  /// Notes an order before Stripe is asked, and returns it as it was noted first.
  public Order open(String id, Uid uid, String product, @Nullable Money price) {
    var fields = new HashMap<String, Object>();
    fields.put("uid", uid.value());
    fields.put("product", product);
    fields.put("state", State.OPEN.wireName());
    fields.put("createdAt", clock.instant());
    if (price != null) {
      fields.put("amount", price.toStripe());
      fields.put("currency", price.currency().toLowerCase(Locale.ROOT));
    }
    documents.create("orders/" + id, fields);
    return find(id).orElseThrow();
  }

  /// Notes the session that an order is paid in, and what it asks for where we do not say it.
  public void opened(String id, String session, @Nullable Long amount, @Nullable String currency) {
    var fields = new HashMap<String, Object>();
    fields.put("session", session);
    if (amount != null && currency != null) {
      fields.put("amount", amount);
      fields.put("currency", currency);
    }
    documents.merge("orders/" + id, fields);
  }

  /// An order.
  public Optional<Order> find(String id) {
    return documents
        .get("orders/" + id)
        .map(document ->
            new Order(
                id,
                new Uid(document.fields().requiredText("uid")),
                document.fields().requiredText("product"),
                document.fields().names().contains("amount")
                    ? document.fields().number("amount")
                    : null,
                document.fields().text("currency").orElse(null)));
  }

  /// An order as it stands.
  ///
  /// @param state open, pending, expired, failed or paid
  public record Opened(String id, String product, String state, Instant createdAt) {}

  /// Up to `limit` orders of a person.
  public List<Opened> of(Uid uid, int limit) {
    var query = documents.collection("orders").whereEqualTo("uid", uid.value()).limit(limit);
    return documents.list(query).stream()
        .map(document ->
            new Opened(
                document.id(),
                document.fields().requiredText("product"),
                document.fields().requiredText("state"),
                document.fields().instant("createdAt").orElse(Instant.EPOCH)))
        .toList();
  }

  /// A person's customer at Stripe.
  public Optional<String> customerOf(Uid uid) {
    return documents
        .get("stripeCustomers/" + uid)
        .flatMap(document -> document.fields().text("customer"));
  }

  /// Notes a person's customer at Stripe, and returns the one that was noted first.
  public String putCustomer(Uid uid, String customer) {
    documents.create("stripeCustomers/" + uid, Map.of("customer", customer));
    return customerOf(uid).orElse(customer);
  }

  /// Whether a state is news for an order, inside a transaction.
  public boolean isNews(Transaction transaction, String id, State state) {
    return transaction
        .get("orders/" + id)
        .flatMap(order -> order.fields().text("state"))
        .map(known -> State.valueOf(known.toUpperCase(Locale.ROOT)).compareTo(state) < 0)
        .orElse(false);
  }

  /// Notes the state of an order.
  public void note(Transaction transaction, String id, State state) {
    transaction.merge("orders/" + id, Map.of("state", state.wireName()));
  }
}
