package dev.fireside.payments.payouts;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.domain.payouts.PayoutAccount;
import dev.fireside.payments.effects.Work;
import dev.fireside.payments.store.PayoutAccountStore;
import dev.fireside.payments.store.PayoutStore;
import dev.fireside.payments.store.StripePayouts.Made;
import dev.fireside.payments.stripe.ConnectEvents;
import dev.fireside.payments.stripe.StripeNotice;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.Payload;
import java.time.Instant;
import java.util.Optional;

/// What Stripe tells about transfers and creators' accounts. An account is read anew, since events
/// about it come in any order; a transfer is told whole, and booked as far as it was not.
public final class PayoutEvents implements ConnectEvents {
  private final PayoutAccountStore accounts;
  private final RefreshAccount refresh;
  private final SettleTransfer settle;
  private final boolean testing;

  public PayoutEvents(Platform platform) {
    var parts = new Parts(platform);
    this.accounts = parts.accounts();
    this.refresh = parts.refresh();
    this.settle = new SettleTransfer(new PayoutStore(platform.documents()), platform.clock());
    String key = platform.config().text("STRIPE_API_KEY").orElse("");
    this.testing = key.startsWith("sk_test") || key.startsWith("rk_test");
  }

  @Override
  public Work work(StripeNotice notice) {
    // An endpoint for connected accounts gets both modes; only that of our key is ours.
    boolean ours = testing || notice.book() == Book.LIVE;
    if (!ours) {
      return Work.NOTHING;
    }
    String type = notice.type();
    if (type.startsWith("transfer.")) {
      return transfer(notice.object());
    }
    boolean account =
        type.startsWith("account.")
            || type.startsWith("capability.")
            || type.startsWith("v2.core.account");
    if (account) {
      owner(notice).ifPresent(owner -> changed(owner, notice));
    }
    // Payouts go from a creator's account to their bank: what we owed is paid before.
    return Work.NOTHING;
  }

  private Work transfer(Payload object) {
    String statement = object.object("metadata").optionalId("statement_id");
    if (statement == null) {
      return Work.NOTHING;
    }
    try {
      Made made =
          Made.of(
              object.id("id"),
              statement,
              object.number("amount", 0),
              object.text("currency"),
              object.text("destination"),
              object.number("amount_reversed", 0));
      return Work.of(settle.act(made));
    } catch (IllegalArgumentException e) {
      throw object.refuse("amount", "is no amount of its currency");
    }
  }

  private Optional<PayoutAccount> owner(StripeNotice notice) {
    String account = notice.account();
    if (account == null) {
      account = notice.object().optionalId("account");
    }
    if (account == null) {
      account = notice.object().optionalId("id");
    }
    return account == null ? Optional.empty() : accounts.byAccount(account);
  }

  private void changed(PayoutAccount owner, StripeNotice notice) {
    Instant at = Instant.ofEpochMilli(notice.at());
    if (notice.type().equals("account.application.deauthorized")) {
      refresh.change(owner.uid(), PayoutAccount::disconnected);
      return;
    }
    if (notice.type().startsWith("account.external_account.")) {
      // The first bank account is no change.
      refresh.change(
          owner.uid(), account -> account.bank().isEmpty() ? account : account.bankChanged(at));
    }
    refresh.refresh(owner.uid());
  }
}
