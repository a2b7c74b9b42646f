package dev.fireside.payouts;

import dev.fireside.payouts.domain.PayoutAccount;
import dev.fireside.payouts.store.PayoutAccountStore;
import dev.fireside.payouts.store.StripePayouts;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keeps creators' accounts as Stripe describes them. Asks instead of believing events, which come
/// in any order.
final class RefreshAccount {
  private final Documents documents;
  private final PayoutAccountStore accounts;
  private final StripePayouts stripe;
  private final Clock clock;

  RefreshAccount(
      Documents documents, PayoutAccountStore accounts, StripePayouts stripe, Clock clock) {
    this.documents = documents;
    this.accounts = accounts;
    this.stripe = stripe;
    this.clock = clock;
  }

  /// Reads a creator's account anew; empty where none is linked. Throws a 503 problem where Stripe
  /// does not answer.
  Optional<PayoutAccount> refresh(Uid uid) {
    Optional<PayoutAccount> known = accounts.find(uid);
    if (known.isEmpty() || !known.get().connected()) {
      return known;
    }
    PayoutAccount seen = stripe.account(known.get());
    return change(
        uid,
        account ->
            account.account().equals(seen.account())
                ? account.refreshed(seen, clock.instant())
                : account);
  }

  /// Changes a creator's account; empty where none is linked.
  Optional<PayoutAccount> change(Uid uid, UnaryOperator<PayoutAccount> change) {
    return documents.transact(transaction -> {
      Optional<PayoutAccount> current = accounts.find(transaction, uid);
      Optional<PayoutAccount> next = current.map(change);
      if (next.isPresent() && !next.equals(current)) {
        accounts.put(transaction, next.get(), clock.instant());
      }
      return next;
    });
  }

  /// Links a creator to an account at Stripe. Another account than before waits out the cool-down.
  PayoutAccount link(Uid uid, String account) {
    documents.transact(transaction -> {
      Optional<PayoutAccount> current = accounts.find(transaction, uid);
      boolean same =
          current.isPresent()
              && current.get().connected()
              && current.get().account().equals(account);
      if (!same) {
        accounts.put(
            transaction,
            PayoutAccount.linked(uid, account, current.isEmpty() ? null : clock.instant()),
            clock.instant());
      }
      return true;
    });
    return refresh(uid).orElseThrow();
  }
}
