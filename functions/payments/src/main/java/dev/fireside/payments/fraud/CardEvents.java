package dev.fireside.payments.fraud;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.fraud.domain.FraudRules;
import dev.fireside.payments.fraud.domain.Velocity;
import dev.fireside.payments.fraud.domain.Verdict;
import dev.fireside.payments.fraud.store.VelocityStore;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.payments.stripe.ConnectEvents;
import dev.fireside.payments.stripe.StripeNotice;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.WireNames;
import dev.fireside.stripe.Payload;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Watches the cards that payments at Stripe are made with: how often one pays, for how many
/// people, and how often it fails. Of a card only a keyed hash is kept.
public final class CardEvents implements ConnectEvents {
  private final VelocityStore velocity;
  private final Vault vault;

  public CardEvents(Platform platform) {
    this.velocity = new VelocityStore(platform.redis());
    this.vault = new Vault(platform.documents(), platform.config(), platform.clock());
  }

  @Override
  public Work work(StripeNotice notice) {
    if (notice.book() != Book.LIVE) {
      return Work.NOTHING;
    }
    return switch (notice.type()) {
      case "charge.succeeded" -> paid(notice);
      case "charge.failed", "payment_intent.payment_failed" -> failed(notice);
      default -> Work.NOTHING;
    };
  }

  private Work paid(StripeNotice notice) {
    Payload charge = notice.object();
    String print = charge.object("payment_method_details").object("card").text("fingerprint");
    if (print.isEmpty()) {
      return Work.NOTHING;
    }
    String card = vault.blindIndex("card", print);
    String payment = payment(charge);
    Velocity payments = velocity.note("card", card, payment, notice.at()).orElse(null);
    long people =
        velocity.note("people", card, who(charge), notice.at()).map(Velocity::day).orElse(0L);
    Velocity failures = velocity.count("failures", card, notice.at()).orElse(null);
    Verdict verdict =
        FraudRules.judgeCard(
            payments, people, failures, charge.object("outcome").text("risk_level"));
    if (verdict.outcome() == Verdict.Outcome.ALLOW) {
      return Work.NOTHING;
    }
    var key = new PurchaseKey("stripe", notice.book(), payment);
    String id = "card:" + key.name();
    var evidence = new HashMap<>(verdict.reasons());
    evidence.put("card", card);
    evidence.put("event", notice.id());
    evidence.put("outcome", WireNames.of(verdict.outcome()));
    Money amount = amount(charge);
    Work work =
        Work.NOTHING.with(
            new ReviewCase(
                id,
                who(charge),
                verdict.reason(),
                key,
                null,
                amount == null ? 0 : amount.minor(),
                amount == null ? null : amount.currency(),
                evidence));
    return verdict.outcome() == Verdict.Outcome.FLAG
        ? work
        : work.with(
            key, List.of(new Fact.Judged(id, notice.at(), Fact.Judged.ALL, Hold.HELD, false)));
  }

  /// Failures count against the card and the person; many of them are worth a look by themselves.
  private Work failed(StripeNotice notice) {
    Payload object = notice.object();
    String print = object.object("payment_method_details").object("card").text("fingerprint");
    if (print.isEmpty()) {
      print =
          object
              .object("last_payment_error")
              .object("payment_method")
              .object("card")
              .text("fingerprint");
    }
    String who = who(object);
    String member = payment(object) + ":" + notice.at();
    Velocity byPerson = velocity.note("failures", who, member, notice.at()).orElse(null);
    String card = print.isEmpty() ? "" : vault.blindIndex("card", print);
    Velocity byCard =
        card.isEmpty()
            ? Velocity.NONE
            : velocity.note("failures", card, member, notice.at()).orElse(null);
    // What nobody could count here, the rules say of the payment that succeeds.
    boolean burst = isBurst(byPerson) || isBurst(byCard);
    return burst ? Work.NOTHING.with(burst(notice, who, card)) : Work.NOTHING;
  }

  private static boolean isBurst(@Nullable Velocity failures) {
    return failures != null
        && FraudRules.judgeCard(Velocity.NONE, 0, failures, "").outcome() != Verdict.Outcome.ALLOW;
  }

  private static ReviewCase burst(StripeNotice notice, String who, String card) {
    String day =
        Instant.ofEpochMilli(notice.at()).atOffset(ZoneOffset.UTC).toLocalDate().toString();
    return new ReviewCase(
        "failed_payments:" + who + ":" + day,
        who,
        "failed_payments",
        null,
        null,
        0,
        null,
        Map.of("card", card, "event", notice.id(), "outcome", "flag"));
  }

  private static String payment(Payload object) {
    String intent = object.optionalId("payment_intent");
    return intent == null ? object.id("id") : intent;
  }

  private static String who(Payload object) {
    String uid = object.object("metadata").usableId("uid");
    if (uid != null && Customer.isPerson(uid)) {
      return uid;
    }
    String customer = object.optionalId("customer");
    return "stripe:" + (customer == null ? object.id("id") : customer);
  }

  private static @Nullable Money amount(Payload charge) {
    try {
      return Money.ofStripe(charge.number("amount", 0), charge.text("currency"));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
