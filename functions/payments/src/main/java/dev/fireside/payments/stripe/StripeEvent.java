package dev.fireside.payments.stripe;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.ledger.store.NotificationStore;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.Payload;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event of Stripe about purchases, read into the facts it states.
final class StripeEvent {
  private static final Logger log = LoggerFactory.getLogger(StripeEvent.class);

  private static final Set<String> ACCESS = Set.of("trialing", "active", "past_due");
  private static final Set<String> PERIODS = Set.of("subscription_create", "subscription_cycle");
  private static final int ENDED = 2;
  private static final long QUANTITY_MAX = 10_000;

  private static final Set<String> SESSIONS =
      Set.of(
          "checkout.session.completed",
          "checkout.session.async_payment_succeeded",
          "checkout.session.async_payment_failed",
          "checkout.session.expired");

  private static final Set<String> SUBSCRIPTIONS =
      Set.of(
          "customer.subscription.created",
          "customer.subscription.updated",
          "customer.subscription.deleted",
          "customer.subscription.paused",
          "customer.subscription.resumed",
          "customer.subscription.pending_update_applied");

  private static final Set<String> REFUNDS =
      Set.of("refund.created", "refund.updated", "refund.failed", "charge.refund.updated");

  private static final Set<String> DISPUTES =
      Set.of(
          "charge.dispute.created",
          "charge.dispute.updated",
          "charge.dispute.funds_withdrawn",
          "charge.dispute.funds_reinstated",
          "charge.dispute.closed");

  /// What a subscriber is notified of, and as what: it wants something of them.
  private static final Map<String, String> NOTICES =
      Map.of(
          "customer.subscription.trial_will_end", "trial_will_end",
          "invoice.payment_action_required", "payment_action_required",
          "invoice.payment_failed", "payment_failed");

  private static final Set<String> OTHERS =
      Set.of(
          "invoice.paid",
          "invoice.finalization_failed",
          "charge.refunded",
          "radar.early_fraud_warning.created");

  private final NotificationStore notifications = new NotificationStore();

  private final StripeNotice notice;
  private final String id;
  private final long at;
  private final StripeObject object;
  private final CheckoutSession session;
  private final StripeReader reader;
  private final Clock clock;

  StripeEvent(StripeNotice notice, CheckoutSession session, StripeReader reader, Clock clock) {
    this.notice = notice;
    this.id = notice.id();
    this.at = notice.at();
    this.object = new StripeObject(notice.object(), notice.book());
    this.session = session;
    this.reader = reader;
    this.clock = clock;
  }

  /// Whether events of a type have an effect on purchases.
  static boolean matters(String type) {
    return SESSIONS.contains(type)
        || SUBSCRIPTIONS.contains(type)
        || REFUNDS.contains(type)
        || DISPUTES.contains(type)
        || NOTICES.containsKey(type)
        || OTHERS.contains(type);
  }

  /// What the event asks for.
  Work work() {
    String type = notice.type();
    if (SESSIONS.contains(type)) {
      return session.work(notice, object);
    }
    if (SUBSCRIPTIONS.contains(type)) {
      return subscription();
    }
    if (REFUNDS.contains(type)) {
      return refund();
    }
    if (DISPUTES.contains(type)) {
      return dispute();
    }
    String kind = NOTICES.get(type);
    if (kind != null) {
      return notice(kind);
    }
    return switch (type) {
      case "invoice.paid" -> invoice();
      case "invoice.finalization_failed" -> unfinished();
      case "charge.refunded" ->
          about(new Fact.RefundTotal(id, at, object.amount("amount_refunded").minor()));
      case "radar.early_fraud_warning.created" -> warning();
      default -> Work.NOTHING;
    };
  }

  /// A fact about the payment that the object names.
  private Work about(Fact fact) {
    return Work.of(paymentKey(), List.of(fact));
  }

  private PurchaseKey paymentKey() {
    String payment = object.payment();
    if (payment != null) {
      return object.key(payment);
    }
    String charge = object.json().optionalId("charge");
    return object.key(charge == null ? object.id() : charge);
  }

  private Work refund() {
    String status = object.json().text("status");
    boolean failed = status.equals("failed") || status.equals("canceled");
    if (!failed && !status.equals("succeeded")) {
      return Work.NOTHING;
    }
    long amount = object.amount("amount").minor();
    return about(new Fact.RefundSeen(id, at, object.id(), amount, failed));
  }

  private Work dispute() {
    String status = object.json().text("status");
    if (status.startsWith("warning_")) {
      // An inquiry: no money moved.
      return Work.NOTHING;
    }
    Fact.DisputeState state =
        switch (status) {
          case "won", "prevented" -> Fact.DisputeState.WON;
          case "lost" -> Fact.DisputeState.LOST;
          default -> Fact.DisputeState.OPEN;
        };
    List<Payload> movements = object.json().objects("balance_transactions");
    var fees = new HashMap<String, Long>();
    for (Payload movement : movements) {
      Money fee = StripeObject.amount(movement, "fee");
      fees.merge(fee.currency(), fee.minor(), Math::addExact);
    }
    fees.values().removeIf(fee -> fee == 0);
    long amount = object.amount("amount").minor();
    return about(new Fact.Disputed(id, at, object.id(), state, amount, movements.size(), fees));
  }

  private Work warning() {
    PurchaseKey key = paymentKey();
    String caseId = "early_fraud_warning:" + object.id();
    var doubt =
        new ReviewCase(
            caseId,
            "",
            "early_fraud_warning",
            key,
            Fact.Judged.ALL,
            0,
            null,
            Map.of("event", id, "type", object.json().text("fraud_type")));
    return about(new Fact.Judged(caseId, at, Fact.Judged.ALL, Hold.HELD, false)).with(doubt);
  }

  private Work notice(String kind) {
    Uid person = object.person();
    if (person == null || notice.book() != Book.LIVE) {
      return Work.NOTHING;
    }
    String about = object.id();
    Act.Plan plan =
        Act.Plan.of(transaction ->
            notifications.put(
                transaction, person, "stripe:" + kind + ":" + about, kind, about, clock.instant()));
    return Work.of(_ -> plan);
  }

  /// An invoice that Stripe could not make: nobody pays it until somebody has repaired it.
  private Work unfinished() {
    Money due = object.amount("amount_due");
    return Work.NOTHING.with(
        new ReviewCase(
            "invoice_unfinished:stripe:" + object.id(),
            object.holder(),
            "invoice_unfinished",
            null,
            null,
            due.minor(),
            due.currency(),
            Map.of("event", id, "invoice", object.id())));
  }

  /// Events about a subscription come in any order: what counts is how it is now.
  private Work subscription() {
    if (notice.current()) {
      return Work.of(object.key(object.id()), standing(object, at)).withAliases(object.aliases());
    }
    long now = clock.millis();
    Optional<Payload> current = reader.read("/v1/subscriptions/" + object.id());
    StripeObject seen = current.map(json -> new StripeObject(json, notice.book())).orElse(object);
    return Work.of(object.key(object.id()), standing(seen, current.isPresent() ? now : at))
        .withAliases(seen.aliases());
  }

  private List<Fact> standing(StripeObject subscription, long since) {
    Payload json = subscription.json();
    List<Payload> items = json.object("items").objects("data");
    Payload item = items.isEmpty() ? json.object("items") : items.getFirst();
    String product = item.object("price").optionalId("id");
    // Before 2025-03-31 the period stood at the subscription itself.
    Long end = seconds(item, "current_period_end");
    if (end == null) {
      end = seconds(json, "current_period_end");
    }
    String status = json.text("status");
    boolean ended = status.equals("canceled") || status.equals("incomplete_expired");
    int rank = status.equals("incomplete") ? 0 : 1;
    var stated =
        new Fact.Status(
            id,
            since,
            ended ? ENDED : rank,
            status,
            ACCESS.contains(status),
            product == null ? "unknown" : product,
            end == null ? 0 : end,
            !ended && !json.flag("cancel_at_period_end") && !json.has("cancel_at"));
    return List.of(stated, new Fact.Held(id, since, subscription.holder()));
  }

  /// A time in milliseconds from one in seconds; null where it is absent.
  private static @Nullable Long seconds(Payload json, String name) {
    return json.has(name) ? Long.valueOf(json.seconds(name) * 1_000) : null;
  }

  private Work invoice() {
    Payload json = object.json();
    String subscription =
        json.object("parent").object("subscription_details").optionalId("subscription");
    if (subscription == null) {
      subscription = json.optionalId("subscription");
    }
    if (subscription == null) {
      // One of a single sale: its checkout session is what counts.
      return Work.NOTHING;
    }
    Money paid = object.amount("amount_paid");
    Payload line = line(json.object("lines"));
    String price = line.object("pricing").object("price_details").optionalId("price");
    if (price == null) {
      price = line.object("price").optionalId("id");
    }
    String product = price == null ? "unknown" : price;
    long total = json.number("total", 0);
    long tax = total - json.number("total_excluding_tax", total);
    long created = json.has("created") ? json.seconds("created") * 1_000 : at;
    boolean period = PERIODS.contains(json.text("billing_reason"));
    var sold =
        new Fact.Sold(
            id,
            at,
            object.holder(),
            object.id(),
            created,
            product,
            period ? quantity(line) : 0,
            paid.minor() == 0 ? null : paid,
            0,
            Math.max(
                0,
                Math.min(
                    StripeObject.amount(json, "total", tax, paid.currency()).minor(),
                    paid.minor())),
            0L);
    // What is paid is less than the price by coupons and credit, and another by a change of plan.
    Money list = period ? StripeObject.amount(line, "amount", paid.currency()) : null;
    boolean stated = list != null && list.minor() > 0;
    var offered = new Fact.Offered(id, at, sold.key(), stated ? list : null);
    var part = new Fact.PartOf(id, at, subscription);
    Work work =
        Work.of(object.key(invoicePayment(paid)), List.of(sold, offered, part))
            .withAliases(object.aliases());
    Long end = seconds(line.object("period"), "end");
    return end == null
        ? work
        : work.with(
            object.key(subscription),
            List.of(
                new Fact.Covered(id, at, object.id(), created, product, end),
                new Fact.Held(id, at, object.holder())));
  }

  private static long quantity(Payload line) {
    return Math.clamp(line.number("quantity", 1), 1, QUANTITY_MAX);
  }

  /// The line of the period itself, not of what a change of plan in between cost or gave back, nor
  /// of what was put on the invoice beside it.
  private static Payload line(Payload lines) {
    List<Payload> all = lines.objects("data");
    return all.stream()
        .filter(line -> !isProration(line))
        .min(Comparator.comparing(line -> !isOfSubscription(line)))
        .orElseGet(() -> all.isEmpty() ? lines : all.getFirst());
  }

  private static boolean isProration(Payload line) {
    Payload parent = line.object("parent");
    return line.flag("proration")
        || parent.object("subscription_item_details").flag("proration")
        || parent.object("invoice_item_details").flag("proration");
  }

  /// Before 2025-03-31 the type stood at the line itself.
  private static boolean isOfSubscription(Payload line) {
    return line.object("parent").text("type").equals("subscription_item_details")
        || line.text("type").equals("subscription");
  }

  /// The payment of an invoice, which since 2025-03-31 stands in a list that events leave out.
  /// Refunds and disputes name nothing else. One that was paid outside of Stripe has none; where
  /// there is no such invoice, or no key to ask with, who paid still gets what they paid for.
  private String invoicePayment(Money paid) {
    String payment = object.payment();
    if (payment == null && paid.minor() > 0) {
      Optional<Payload> invoice =
          reader.read("/v1/invoices/" + object.id() + "?expand%5B0%5D=payments");
      if (invoice.isEmpty()) {
        log.error("ALERT nobody knows the payment of {}: refunds of it will not be seen", id);
      } else {
        payment = new StripeObject(invoice.get(), notice.book()).payment();
      }
    }
    return payment == null ? object.id() : payment;
  }
}
