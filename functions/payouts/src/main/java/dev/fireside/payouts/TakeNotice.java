package dev.fireside.payouts;

import dev.fireside.ledger.Ledger;
import dev.fireside.payouts.domain.PayoutAccount;
import dev.fireside.payouts.store.PayoutAccountStore;
import dev.fireside.payouts.store.StripePayouts;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.store.StripeGateway;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what Stripe's webhooks bring about transfers and creators' accounts. Notices come in any
/// order and more than once: what they are about is read at Stripe as it is then, and booked as far
/// as it was not.
final class TakeNotice {
  private static final Logger log = LoggerFactory.getLogger(TakeNotice.class);

  private final PayoutAccountStore accounts;
  private final RefreshAccount refresh;
  private final SettleTransfer settle;
  private final StripePayouts stripe;
  private final Ledger ledger;
  private final boolean testing;

  TakeNotice(Platform platform) {
    var parts = new Parts(platform);
    this.accounts = parts.accounts();
    this.refresh = parts.refresh();
    this.stripe = parts.stripe();
    this.ledger = parts.ledger();
    this.settle = new SettleTransfer(parts.store(), platform.clock());
    String key = platform.config().text(StripeGateway.PAYOUTS_KEY).orElse("");
    this.testing = key.startsWith("sk_test") || key.startsWith("rk_test");
  }

  /// Does what a notice asks for. Throws a 503 problem where Stripe does not answer.
  void take(ConnectNotice notice) {
    // An endpoint for connected accounts gets both modes; only that of our key is ours.
    if (!testing && !notice.live()) {
      return;
    }
    String type = notice.type();
    if (type.startsWith("transfer.")) {
      transferred(notice);
    } else if (type.startsWith("account.")
        || type.startsWith("capability.")
        || type.startsWith("v2.core.account")) {
      owner(notice).ifPresent(owner -> changed(owner, notice));
    }
    // Payouts go from a creator's account to their bank: what we owed is paid before.
  }

  private void transferred(ConnectNotice notice) {
    String id = notice.object();
    // Creators' accounts can make transfers too, and name them as ours.
    if (id == null || notice.account() != null) {
      return;
    }
    stripe
        .transfer(id)
        .ifPresentOrElse(
            made -> {
              if (!made.statement().isEmpty()) {
                ledger.commit(settle.act(made));
              }
            },
            () -> log.error("ALERT Stripe reported transfer {} and does not know it", id));
  }

  private Optional<PayoutAccount> owner(ConnectNotice notice) {
    String account = notice.account() == null ? notice.object() : notice.account();
    return account == null ? Optional.empty() : accounts.byAccount(account);
  }

  private void changed(PayoutAccount owner, ConnectNotice notice) {
    if (notice.type().startsWith("account.external_account.")) {
      Instant at = Instant.ofEpochMilli(notice.at());
      boolean added = notice.type().endsWith(".created");
      refresh.change(owner.uid(), account -> account.bankReported(added, bank(notice), at));
    }
    refresh.refresh(owner.uid());
  }

  private static String bank(ConnectNotice notice) {
    String bank = notice.bank();
    return bank == null ? "" : bank;
  }
}
