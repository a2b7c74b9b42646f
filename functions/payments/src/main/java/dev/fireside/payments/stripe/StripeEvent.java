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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One event of Stripe about purchases, read into the facts it states.
final class StripeEvent {
  private static final Logger log = LoggerFactory.getLogger(StripeEvent.class);

  private static final Set<String> ACCESS = Set.of("trialing", "active", "past_due");
  private static final int ENDED = 2;

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
          "credit_note.created",
          "credit_note.updated",
          "credit_note.voided",
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
      case "invoice.paid" -> new Invoice(notice, object, reader).work();
      case "invoice.finalization_failed" -> unfinished();
      case "charge.refunded" ->
          about(new Fact.RefundTotal(id, at, object.amount("amount_refunded").minor()));
      case "credit_note.created", "credit_note.updated", "credit_note.voided" -> credited();
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
    if (charge == null) {
      return object.key(object.id());
    }
    // Purchases go by the payment behind a charge, where there is one.
    String intent =
        reader
            .read("/v1/charges/" + charge)
            .map(json -> json.optionalId("payment_intent"))
            .orElse(null);
    return object.key(intent == null ? charge : intent);
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

  /// What of a payment a credit note gives back, and of which of its lines: refunds themselves only
  /// say how much.
  private Work credited() {
    Payload note = object.json();
    List<Payload> lines =
        StripeObject.all(
            note.object("lines"), "/v1/credit_notes/" + object.id() + "/lines", reader);
    List<Payload> named = lines.stream().filter(line -> line.has("invoice_line_item")).toList();
    long refunded =
        note.objects("refunds").stream()
            .mapToLong(refund -> StripeObject.whole(refund, "amount_refunded"))
            .sum();
    if (refunded == 0 && note.has("refund")) {
      // Before 2025-03-31 a note had one refund, of all of it.
      refunded = StripeObject.whole(note, "amount");
    }
    String invoice = note.optionalId("invoice");
    if (refunded == 0 || named.isEmpty() || invoice == null) {
      return Work.NOTHING;
    }
    String payment =
        reader
            .read(Invoice.withPayments(invoice))
            .map(json -> new StripeObject(json, notice.book()).payment())
            .orElse(null);
    if (payment == null) {
      log.warn("Nobody knows the payment behind {}: its refund is divided over all lines", id);
      return Work.NOTHING;
    }
    String currency = note.text("currency");
    long minor = StripeObject.amount(note, "refunds", refunded, currency).minor();
    List<Long> parts = Money.divided(minor, named.stream().map(Invoice::due).toList());
    var byLine = new HashMap<String, Long>();
    for (int i = 0; i < named.size(); i++) {
      byLine.merge(named.get(i).id("invoice_line_item"), parts.get(i), Math::addExact);
    }
    boolean voided = note.text("status").equals("void");
    return Work.of(
        object.key(payment), List.of(new Fact.Credited(id, at, object.id(), voided, byLine)));
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

  /// Whose it is and how much, the charge says; a case opened without knows both once its purchase
  /// does.
  private Work warning() {
    PurchaseKey key = paymentKey();
    String caseId = "early_fraud_warning:" + object.id();
    String charge = object.json().optionalId("charge");
    StripeObject paid =
        charge == null
            ? null
            : reader
                .read("/v1/charges/" + charge)
                .map(json -> new StripeObject(json, notice.book()))
                .orElse(null);
    Money amount = paid == null || !paid.json().has("currency") ? null : paid.amount("amount");
    var doubt =
        new ReviewCase(
            caseId,
            paid == null ? "" : paid.holder(),
            "early_fraud_warning",
            key,
            Fact.Judged.ALL,
            amount == null ? 0 : amount.minor(),
            amount == null ? null : amount.currency(),
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
    List<Fact.Item> items = items(json);
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
            items.getFirst().product(),
            items.getFirst().until(),
            !ended && !json.flag("cancel_at_period_end") && !json.has("cancel_at"),
            items.subList(1, items.size()));
    return List.of(stated, new Fact.Held(id, since, subscription.holder()));
  }

  /// What a subscription is of; something unknown where it does not say.
  private List<Fact.Item> items(Payload subscription) {
    String path = "/v1/subscription_items?subscription=" + object.id();
    var items = new ArrayList<Fact.Item>();
    for (Payload item : StripeObject.all(subscription.object("items"), path, reader)) {
      String product = item.object("price").optionalId("id");
      // Before 2025-03-31 the period stood at the subscription itself.
      Payload period = item.has("current_period_end") ? item : subscription;
      Long end = StripeObject.time(period, "current_period_end");
      items.add(
          new Fact.Item(product == null ? StripeObject.UNKNOWN : product, end == null ? 0 : end));
    }
    if (items.isEmpty()) {
      Long end = StripeObject.time(subscription, "current_period_end");
      items.add(new Fact.Item(StripeObject.UNKNOWN, end == null ? 0 : end));
    }
    return items;
  }
}
