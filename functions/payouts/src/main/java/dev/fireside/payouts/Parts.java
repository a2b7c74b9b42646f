package dev.fireside.payouts;

import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payouts.store.PayoutAccountStore;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.StripePayouts;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Clock;

/// What routes, events and the schedule are built from.
final class Parts {
  private final Platform platform;
  private final PayoutStore store;
  private final PayoutAccountStore accounts;
  private final Ledger ledger;
  private final StripePayouts stripe;
  private final Clock clock;

  Parts(Platform platform) {
    this(platform, new Ledger(platform));
  }

  Parts(Platform platform, Ledger ledger) {
    this.platform = platform;
    this.store = new PayoutStore(platform.documents());
    this.accounts = new PayoutAccountStore(platform.documents());
    this.ledger = ledger;
    this.stripe =
        new StripePayouts(new StripeGateway(platform.config(), StripeGateway.PAYOUTS_KEY));
    this.clock = platform.clock();
  }

  PayoutStore store() {
    return store;
  }

  PayoutAccountStore accounts() {
    return accounts;
  }

  StripePayouts stripe() {
    return stripe;
  }

  Ledger ledger() {
    return ledger;
  }

  OpenRun open() {
    return new OpenRun(store, ledger, clock);
  }

  CloseRun close() {
    return new CloseRun(store, ledger, platform.ids(), clock);
  }

  CorrectStatement correct() {
    return new CorrectStatement(store, ledger, clock);
  }

  RefreshAccount refresh() {
    return new RefreshAccount(platform.documents(), accounts, stripe, clock);
  }

  PayCreators pay() {
    return new PayCreators(
        store, accounts, new LedgerStore(platform.documents()), ledger, stripe, refresh(), clock);
  }
}
