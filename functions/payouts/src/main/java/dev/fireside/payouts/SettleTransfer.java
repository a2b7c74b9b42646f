package dev.fireside.payouts;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.Payout.State.Blocked;
import dev.fireside.payouts.domain.Payout.State.Carried;
import dev.fireside.payouts.domain.Payout.State.Paid;
import dev.fireside.payouts.domain.Payout.State.Pending;
import dev.fireside.payouts.domain.Payout.State.Waiting;
import dev.fireside.payouts.domain.PayoutJournals;
import dev.fireside.payouts.domain.TransferRequest;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.StripePayouts.Made;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Books a transfer as Stripe has it: made, and how much of it came back. Whoever reports first
/// books it, everybody after finds nothing left to do.
final class SettleTransfer {
  private static final Logger log = LoggerFactory.getLogger(SettleTransfer.class);

  private static final String MISMATCH = "it is not what was asked for";

  private final PayoutStore store;
  private final Clock clock;

  SettleTransfer(PayoutStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /// What a transfer asks for.
  Act act(Made made) {
    return transaction -> {
      Optional<Payout> found = store.payout(transaction, made.statement());
      if (found.isEmpty()) {
        return doubt(made, "no payout has this name");
      }
      if (made.reversed() < 0 || made.reversed() > made.amount()) {
        return doubt(made, "more came back than was transferred");
      }
      Payout payout = found.get();
      return switch (payout.state()) {
        case Paid paid when !made.id().equals(paid.transfer()) ->
            doubt(made, "it was paid by " + paid.transfer());
        case Paid paid -> booked(payout, paid, made, new ArrayList<>());
        case Pending pending -> paid(payout, pending, made, new ArrayList<>());
        case Waiting _, Blocked _, Carried _ -> givenUp(payout, made);
      };
    };
  }

  /// It was given up, and made all the same.
  private Act.Plan givenUp(Payout payout, Made made) {
    if (payout.last() == null) {
      return doubt(made, "nobody asked for it");
    }
    if (!isAskedFor(payout, payout.last(), made)) {
      return doubt(made, MISMATCH);
    }
    Instant now = clock.instant();
    Pending pending = payout.pending(made.amount(), made.account(), now);
    var journals = new ArrayList<Journal>();
    journals.add(PayoutJournals.pending(payout.terms(), pending.request(), now));
    return paid(payout, pending, made, journals);
  }

  private Act.Plan paid(Payout payout, Pending pending, Made made, List<Journal> journals) {
    if (!isAskedFor(payout, pending.request(), made)) {
      return doubt(made, MISMATCH);
    }
    journals.add(PayoutJournals.posted(payout.terms(), pending.request(), clock.instant()));
    return booked(payout, pending.paid(made.id()), made, journals);
  }

  private static boolean isAskedFor(Payout payout, TransferRequest request, Made made) {
    return request.amount() == made.amount()
        && request.account().equals(made.account())
        && payout.terms().currency().equals(made.currency());
  }

  private Act.Plan booked(Payout payout, Paid paid, Made made, List<Journal> journals) {
    Instant now = clock.instant();
    Paid settled = paid;
    if (made.reversed() > paid.reversed()) {
      journals.add(PayoutJournals.reversed(payout.terms(), paid, made.reversed(), now));
      settled = paid.reversed(made.reversed());
    }
    Payout next = payout.with(settled);
    return journals.isEmpty()
        ? Act.Plan.nothing()
        : new Act.Plan(journals, List.of(), writes -> store.put(writes, next, now));
  }

  private static Act.Plan doubt(Made made, String why) {
    log.error("ALERT transfer {} for {}: {}", made.id(), made.statement(), why);
    var doubt =
        new ReviewCase(
            "transfer_mismatch:" + made.id(),
            "",
            "transfer_mismatch",
            null,
            null,
            made.amount(),
            made.currency(),
            Map.of(
                "detail", why,
                "transfer", made.id(),
                "statement", made.statement(),
                "account", made.account()));
    return new Act.Plan(List.of(), List.of(doubt), _ -> {});
  }
}
