package dev.fireside.payments.payouts;

import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.effects.ApplyFacts;
import dev.fireside.payments.store.PayoutAccountStore;
import dev.fireside.payments.store.PayoutStore;
import dev.fireside.payments.store.StripePayouts;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;

/// What routes, events and the schedule are built from.
final class Parts {
  private final Platform platform;
  private final PayoutStore store;
  private final PayoutAccountStore accounts;
  private final ApplyFacts apply;
  private final StripePayouts stripe;
  private final Clock clock;

  Parts(Platform platform) {
    this(platform, new ApplyFacts(platform));
  }

  Parts(Platform platform, ApplyFacts apply) {
    this.platform = platform;
    this.store = new PayoutStore(platform.documents());
    this.accounts = new PayoutAccountStore(platform.documents());
    this.apply = apply;
    this.stripe = new StripePayouts(new StripeGateway(platform.config(), StripeGateway.PAYOUTS_KEY));
    this.clock = platform.clock();
  }

  PayoutStore store() {
    return store;
  }

  PayoutAccountStore accounts() {
    return accounts;
  }

  OpenRun open() {
    return new OpenRun(store, apply, clock);
  }

  CloseRun close() {
    return new CloseRun(store, apply, platform.ids(), clock);
  }

  CorrectStatement correct() {
    return new CorrectStatement(store, apply, clock);
  }

  RefreshAccount refresh() {
    return new RefreshAccount(platform.documents(), accounts, stripe, clock);
  }

  PayCreators pay() {
    return new PayCreators(
        store, accounts, new LedgerStore(platform.documents()), apply, stripe, refresh(), clock);
  }
}
