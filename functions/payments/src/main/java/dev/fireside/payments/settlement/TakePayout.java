package dev.fireside.payments.settlement;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.settlement.domain.Payout;
import dev.fireside.payments.settlement.store.PayoutStore;
import dev.fireside.payments.stripe.StripeNotice;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books what Stripe pays out to our bank. Reports come in any order, and a payout can fail after
/// it was paid: what counts is how it is now.
final class TakePayout {
  private static final Logger log = LoggerFactory.getLogger(TakePayout.class);

  private final StripeGateway stripe;
  private final PayoutStore payouts;
  private final Clock clock;

  TakePayout(Platform platform, StripeGateway stripe) {
    this.stripe = stripe;
    this.payouts = new PayoutStore(platform.documents());
    this.clock = platform.clock();
  }

  /// What an event about a payout asks for.
  Work work(StripeNotice notice) {
    Payload stated = notice.object();
    Payload now =
        notice.current() || !stripe.isConfigured()
            ? stated
            : stripe.read("/v1/payouts/" + stated.id("id")).map(Payload::of).orElse(stated);
    Payout payout = payout(now, notice.book());
    return Work.of(act(payout, now.text("failure_code")));
  }

  private Act act(Payout reported, String failure) {
    Instant now = clock.instant();
    return transaction -> {
      Payout before = payouts.find(transaction, reported).orElse(null);
      Payout after = reported.after(before);
      boolean failed = before == null || before.status() != Payout.Status.FAILED;
      if (after.status() == Payout.Status.FAILED && failed) {
        log.error("ALERT Stripe's payout {} failed: {}", after.id(), failure);
      }
      return new Act.Plan(
          after.journals(before),
          List.of(),
          writes -> {
            if (!after.equals(before)) {
              payouts.put(writes, after, now);
            }
          });
    };
  }

  private static Payout payout(Payload json, Book book) {
    return new Payout(
        json.id("id"),
        book,
        amount(json),
        status(json),
        Instant.ofEpochSecond(json.seconds("arrival_date")),
        json.flag("automatic") ? Payout.Contents.DUE : Payout.Contents.UNLISTED);
  }

  private static Money amount(Payload json) {
    try {
      return Money.ofStripe(json.number("amount", 0), json.text("currency"));
    } catch (IllegalArgumentException e) {
      throw json.refuse("amount", "is no amount of its currency");
    }
  }

  private static Payout.Status status(Payload json) {
    return switch (json.text("status")) {
      case "paid" -> Payout.Status.PAID;
      case "failed" -> Payout.Status.FAILED;
      case "canceled" -> Payout.Status.CANCELED;
      default -> Payout.Status.PENDING;
    };
  }
}
