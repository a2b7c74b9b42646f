package dev.fireside.payouts;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.PayoutAccount;
import dev.fireside.payouts.store.PayoutAccountStore;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.StripePayouts;
import dev.fireside.payouts.store.StripePayouts.Made;
import dev.fireside.payouts.store.StripePayouts.Sent;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends holds, and transfers what is owed.
///
/// A transfer is in the books as under way before Stripe is asked for it. Whoever comes after a
/// crash, or after a failure that Stripe would repeat for the same key, first asks Stripe whether
/// the transfer is there: only what is not is asked for again, and only to an account that is still
/// open.
final class PayCreators {
  private static final Logger log = LoggerFactory.getLogger(PayCreators.class);
  private static final int PAGE = 100;

  private final PayoutStore store;
  private final PayoutAccountStore accounts;
  private final LedgerStore books;
  private final Ledger ledger;
  private final StripePayouts stripe;
  private final RefreshAccount refresh;
  private final SettleTransfer settle;
  private final Clock clock;

  PayCreators(
      PayoutStore store,
      PayoutAccountStore accounts,
      LedgerStore books,
      Ledger ledger,
      StripePayouts stripe,
      RefreshAccount refresh,
      Clock clock) {
    this.store = store;
    this.accounts = accounts;
    this.books = books;
    this.ledger = ledger;
    this.stripe = stripe;
    this.refresh = refresh;
    this.settle = new SettleTransfer(store, clock);
    this.clock = clock;
  }

  /// Does everything that is due by then.
  void pay(Instant end) {
    Set<String> seen = new HashSet<>();
    while (clock.instant().isBefore(end)) {
      List<Payout> due =
          // Those that did not go on stay at the front.
          store.due(clock.instant(), PAGE + seen.size()).stream()
              .filter(payout -> seen.add(payout.id()))
              .toList();
      if (due.isEmpty()) {
        return;
      }
      due.forEach(this::step);
    }
  }

  private void step(Payout payout) {
    try {
      if (payout.status() == Payout.Status.PENDING) {
        recover(payout);
      } else {
        begin(payout);
      }
    } catch (RuntimeException e) {
      // The others are not to wait for this one; it is due again with the next call.
      log.error("Payout {} does not go on", payout.id(), e);
    }
  }

  private void begin(Payout due) {
    if (stripe.isConfigured()) {
      refresh.refresh(due.uid());
    }
    ledger.commit(transaction -> begin(transaction, due.id()));
    Optional<Payout> begun = store.payout(due.id());
    if (begun.isPresent() && begun.get().status() == Payout.Status.PENDING) {
      send(begun.get());
    }
  }

  private Act.Plan begin(Transaction transaction, String id) {
    Instant now = clock.instant();
    Payout payout = store.payout(transaction, id).orElseThrow();
    if (payout.isDone() || payout.status() == Payout.Status.PENDING) {
      return Act.Plan.nothing();
    }
    var journals = new ArrayList<Journal>();
    long owed = owed(transaction, payout);
    if (payout.status() == Payout.Status.WAITING && payout.released() > 0) {
      owed = Math.addExact(owed, payout.released());
      journals.add(payout.releaseJournal(now));
    }
    long sum = payout.transferable(owed);
    Optional<PayoutAccount> account = accounts.find(transaction, payout.uid());
    Optional<String> closed =
        account.isEmpty() ? Optional.of("No account is linked") : account.get().closed(now);
    Payout next;
    if (sum < payout.minimum()) {
      next = payout.carried();
    } else if (closed.isPresent()) {
      next = payout.blocked(closed.get(), now);
    } else {
      next = payout.pending(sum, account.orElseThrow().account(), now);
      journals.add(next.pendingJournal(now));
    }
    return new Act.Plan(journals, List.of(), writes -> store.put(writes, next, now));
  }

  /// What we owe the creator: negative where they owe us.
  private long owed(Transaction transaction, Payout payout) {
    return Math.negateExact(
        books.balance(transaction, Book.LIVE, AccountName.payable(payout.uid()), payout.asset()));
  }

  private void recover(Payout payout) {
    Optional<Made> made = stripe.find(payout, group(payout));
    if (made.isPresent()) {
      ledger.commit(settle.act(made.get()));
      return;
    }
    Optional<String> closed = closed(payout);
    Instant now = clock.instant();
    if (closed.isEmpty()) {
      if (change(payout, current -> current.retried(now))) {
        send(store.payout(payout.id()).orElseThrow());
      }
    } else if (payout.keyHolds(now)) {
      // The call may still be on its way: later it surely is not.
      answered(payout, Payout.Answer.UNKNOWN);
    } else {
      giveUp(payout, current -> current.blocked(closed.get(), now));
    }
  }

  /// Why nothing may go any more to where a payout was to go; empty where it may.
  private Optional<String> closed(Payout payout) {
    Optional<PayoutAccount> account = refresh.refresh(payout.uid());
    return account.isEmpty() || !account.get().account().equals(payout.account())
        ? Optional.of("The account is no longer linked")
        : account.get().closed(clock.instant());
  }

  private void send(Payout payout) {
    switch (stripe.send(payout, group(payout))) {
      case Sent.Done done -> ledger.commit(settle.act(done.transfer()));
      case Sent.NoFunds _ -> answered(payout, Payout.Answer.NO_FUNDS);
      case Sent.Failed _ -> answered(payout, Payout.Answer.FAILED);
      case Sent.Unknown _ -> answered(payout, Payout.Answer.UNKNOWN);
      case Sent.Refused refused ->
          giveUp(payout, current -> current.refused(refused.why(), clock.instant()));
    }
  }

  private void answered(Payout payout, Payout.Answer answer) {
    change(payout, current -> current.answered(answer, clock.instant()));
  }

  /// Takes a transfer that was not made out of the books.
  private void giveUp(Payout payout, UnaryOperator<Payout> change) {
    Instant now = clock.instant();
    ledger.commit(transaction -> {
      Payout current = store.payout(transaction, payout.id()).orElseThrow();
      if (!isSame(current, payout)) {
        return Act.Plan.nothing();
      }
      Payout next = change.apply(current);
      return new Act.Plan(
          List.of(current.voidedJournal(now)), List.of(), writes -> store.put(writes, next, now));
    });
  }

  /// Changes a payout that is still as it was read.
  private boolean change(Payout payout, UnaryOperator<Payout> change) {
    var changed = new boolean[1];
    ledger.commit(transaction -> {
      Payout current = store.payout(transaction, payout.id()).orElseThrow();
      changed[0] = isSame(current, payout);
      return changed[0]
          ? Act.Plan.of(writes -> store.put(writes, change.apply(current), clock.instant()))
          : Act.Plan.nothing();
    });
    return changed[0];
  }

  private static boolean isSame(Payout current, Payout read) {
    return current.equals(read);
  }

  private static String group(Payout payout) {
    return "payout_run_" + payout.run();
  }
}
