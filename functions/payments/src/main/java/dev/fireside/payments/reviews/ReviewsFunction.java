package dev.fireside.payments.reviews;

import dev.fireside.payments.fraud.AssessFraud;
import dev.fireside.payments.purchases.ApplyFacts;
import dev.fireside.payments.purchases.store.PurchaseStore;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.payments.reviews.store.StripeRefunds;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Instant;

/// Decides what nobody decided in time.
public final class ReviewsFunction extends ScheduledFunction {
  private final CloseOverdue close;

  public ReviewsFunction() {
    this(Platform.current());
  }

  ReviewsFunction(Platform platform) {
    super(platform);
    var reviews = new ReviewStore();
    this.close =
        new CloseOverdue(
            platform.documents(),
            reviews,
            new DecideCase(platform, reviews),
            new GiveBack(
                reviews,
                new PurchaseStore(platform.documents()),
                new ApplyFacts(platform, new AssessFraud(platform)),
                new StripeRefunds(new StripeGateway(platform.config(), StripeGateway.SHOP_KEY)),
                platform.clock()),
            platform.clock());
  }

  @Override
  protected void run(Instant scheduled) {
    close.close();
  }
}
