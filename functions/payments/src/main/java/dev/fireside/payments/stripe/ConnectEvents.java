package dev.fireside.payments.stripe;

import dev.fireside.payments.purchases.Work;

/// Takes what Stripe reports about something else than purchases, such as the accounts of creators.
@FunctionalInterface
public interface ConnectEvents {
  /// Takes no notice of anything.
  ConnectEvents DEAF = _ -> Work.NOTHING;

  /// What comes of an event; nothing for one that does not matter.
  Work work(StripeNotice notice);
}
