package dev.fireside.payouts;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.Payout.State;
import dev.fireside.payouts.domain.Payout.State.Blocked;
import dev.fireside.payouts.domain.Payout.State.Carried;
import dev.fireside.payouts.domain.Payout.State.Paid;
import dev.fireside.payouts.domain.Payout.State.Pending;
import dev.fireside.payouts.domain.Payout.State.Waiting;
import dev.fireside.payouts.domain.Payout.Terms;
import dev.fireside.payouts.domain.PayoutAccount;
import dev.fireside.payouts.domain.PayoutJournals;
import dev.fireside.payouts.domain.TransferRequest.Answer;
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
              .filter(payout -> seen.add(payout.terms().id()))
              .toList();
      if (due.isEmpty()) {
        return;
      }
      due.forEach(this::step);
    }
  }

  private void step(Payout payout) {
    try {
      switch (payout.state()) {
        case Pending pending -> recover(payout, pending);
        case Waiting _, Blocked _ -> begin(payout);
        case Paid _, Carried _ -> {
          // Settled since it was found.
        }
      }
    } catch (RuntimeException e) {
      // The others are not to wait for this one; it is due again with the next call.
      log.error("Payout {} does not go on", payout.terms().id(), e);
    }
  }

  private void begin(Payout due) {
    Terms terms = due.terms();
    if (stripe.isConfigured()) {
      refresh.refresh(terms.uid());
    }
    ledger.commit(transaction -> begin(transaction, terms.id()));
    sendIfPending(terms.id());
  }

  private void sendIfPending(String id) {
    Payout begun = store.payout(id).orElseThrow();
    if (begun.state() instanceof Pending pending) {
      send(begun, pending);
    }
  }

  private Act.Plan begin(Transaction transaction, String id) {
    Instant now = clock.instant();
    Payout payout = store.payout(transaction, id).orElseThrow();
    return switch (payout.state()) {
      case Waiting _ -> begin(transaction, payout, payout.terms().released(), now);
      case Blocked _ -> begin(transaction, payout, 0, now);
      case Pending _, Paid _, Carried _ -> Act.Plan.nothing();
    };
  }

  /// @param released what leaves the hold now
  private Act.Plan begin(Transaction transaction, Payout payout, long released, Instant now) {
    Terms terms = payout.terms();
    var journals = new ArrayList<Journal>();
    long owed = Math.addExact(owed(transaction, terms), released);
    if (released > 0) {
      journals.add(PayoutJournals.released(terms, now));
    }
    long sum = payout.transferable(owed);
    Optional<PayoutAccount> account = accounts.find(transaction, terms.uid());
    Optional<String> closed =
        account.isEmpty() ? Optional.of("No account is linked") : account.get().closed(now);
    Payout next;
    if (sum < terms.minimum()) {
      next = payout.carried();
    } else if (closed.isPresent()) {
      next = payout.blocked(closed.get(), now);
    } else {
      Pending pending = payout.pending(sum, account.orElseThrow().account(), now);
      journals.add(PayoutJournals.pending(terms, pending.request(), now));
      next = payout.with(pending);
    }
    return new Act.Plan(journals, List.of(), writes -> store.put(writes, next, now));
  }

  /// What we owe the creator: negative where they owe us.
  private long owed(Transaction transaction, Terms terms) {
    return Math.negateExact(
        books.balance(transaction, Book.LIVE, AccountName.payable(terms.uid()), terms.asset()));
  }

  private void recover(Payout payout, Pending pending) {
    Terms terms = payout.terms();
    Optional<Made> made = stripe.find(terms, pending.request());
    if (made.isPresent()) {
      ledger.commit(settle.act(made.get()));
      return;
    }
    Optional<String> closed = closed(terms, pending);
    Instant now = clock.instant();
    if (closed.isEmpty()) {
      if (change(payout, pending.retried(now), List.of())) {
        sendIfPending(terms.id());
      }
    } else if (pending.request().keyHolds(now)) {
      // The call may still be on its way: later it surely is not.
      answered(payout, pending, Answer.UNKNOWN);
    } else {
      giveUp(payout, pending, pending.blocked(closed.get(), now));
    }
  }

  /// Why nothing may go any more to where a payout was to go; empty where it may.
  private Optional<String> closed(Terms terms, Pending pending) {
    Optional<PayoutAccount> account = refresh.refresh(terms.uid());
    return account.isEmpty() || !account.get().account().equals(pending.request().account())
        ? Optional.of("The account is no longer linked")
        : account.get().closed(clock.instant());
  }

  private void send(Payout payout, Pending pending) {
    switch (stripe.send(payout.terms(), pending.request())) {
      case Sent.Done done -> ledger.commit(settle.act(done.transfer()));
      case Sent.NoFunds _ -> answered(payout, pending, Answer.NO_FUNDS);
      case Sent.Failed _ -> answered(payout, pending, Answer.FAILED);
      case Sent.Unknown _ -> answered(payout, pending, Answer.UNKNOWN);
      case Sent.Refused refused ->
          giveUp(payout, pending, pending.refused(refused.why(), clock.instant()));
    }
  }

  private void answered(Payout payout, Pending pending, Answer answer) {
    change(payout, pending.answered(answer, clock.instant()), List.of());
  }

  /// Takes a transfer that was not made out of the books.
  private void giveUp(Payout payout, Pending pending, Blocked next) {
    Journal voided = PayoutJournals.voided(payout.terms(), pending.request(), clock.instant());
    change(payout, next, List.of(voided));
  }

  /// Moves a payout to another state, where it is still as it was read.
  private boolean change(Payout read, State next, List<Journal> journals) {
    var changed = new boolean[1];
    ledger.commit(transaction -> {
      Payout current = store.payout(transaction, read.terms().id()).orElseThrow();
      changed[0] = current.equals(read);
      return changed[0]
          ? new Act.Plan(
              journals, List.of(), writes -> store.put(writes, read.with(next), clock.instant()))
          : Act.Plan.nothing();
    });
    return changed[0];
  }
}
