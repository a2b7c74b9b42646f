package dev.fireside.payouts;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.MessageFunction;
import dev.fireside.stripe.ConnectNotice;

/// Takes what Stripe's webhooks bring about transfers and creators' accounts.
public final class StripeNoticeFunction extends MessageFunction {
  private final TakeNotice take;

  public StripeNoticeFunction() {
    this(Platform.current());
  }

  StripeNoticeFunction(Platform platform) {
    super(platform);
    this.take = new TakeNotice(platform);
  }

  @Override
  protected void on(Message message) {
    take.take(message.as(ConnectNotice.class));
  }
}
