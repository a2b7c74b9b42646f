package dev.fireside.payments.reconciliation;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.reconciliation.store.ReconciliationStore;
import dev.fireside.payments.settlement.BookListed;
import dev.fireside.payments.settlement.ReadPayouts;
import dev.fireside.payments.settlement.TakeAwaited;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Books what Stripe keeps of our money and what it pays out, as far as no webhook has.
public final class SettleFunction extends ScheduledFunction {
  private static final String NAME = "stripe_balance";

  private static final Duration TIME = Duration.ofMinutes(7);

  /// Read at once.
  private static final Duration PART = Duration.ofHours(6);

  /// Younger ones are left to their webhooks.
  private static final Duration SETTLING = Duration.ofMinutes(2);

  /// Read again each time: Stripe may list one later than others made after it.
  private static final Duration OVERLAP = Duration.ofMinutes(30);

  /// How far back the first walk goes: a payout is of no older money.
  private static final Duration FIRST = Duration.ofDays(35);

  private final ReconciliationStore store;
  private final StripeGateway stripe;
  private final TakeAwaited awaited;
  private final BookListed listed;
  private final ReadPayouts payouts;
  private final Clock clock;

  public SettleFunction() {
    this(Platform.current());
  }

  SettleFunction(Platform platform) {
    super(platform);
    var apply = new ApplyFacts(platform, new AssessFraud(platform));
    this.store = new ReconciliationStore(platform.documents());
    this.stripe = new StripeGateway(platform.config(), StripeGateway.SHOP_KEY);
    this.awaited = new TakeAwaited(platform, stripe, apply);
    this.listed = new BookListed(platform, stripe, apply);
    this.payouts = new ReadPayouts(platform, stripe, apply);
    this.clock = platform.clock();
  }

  @Override
  protected void run(Instant scheduled) {
    Instant end = clock.instant().plus(TIME);
    awaited.take(end);
    if (stripe.isConfigured()) {
      payouts.read(end);
      list(end);
    }
  }

  private void list(Instant end) {
    Book book = listed.book();
    Instant last = clock.instant().minus(SETTLING);
    Instant from = store.watermark(NAME).orElse(last.minus(FIRST)).minus(OVERLAP);
    while (from.isBefore(last) && clock.instant().isBefore(end)) {
      Instant to = from.plus(PART).isBefore(last) ? from.plus(PART) : last;
      listed.book(book, from, to);
      store.putWatermark(NAME, to, List.of(), clock.instant());
      from = to;
    }
  }
}
