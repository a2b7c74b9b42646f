package dev.fireside.payouts;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payouts.domain.Payout;
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

/// Books a transfer as Stripe has it: made, and how much of it came back. Whoever tells first books
/// it, everybody after finds nothing left to do.
final class SettleTransfer {
  private static final Logger log = LoggerFactory.getLogger(SettleTransfer.class);

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
      Payout payout = found.get();
      if (payout.status() == Payout.Status.PAID && !made.id().equals(payout.transfer())) {
        return doubt(made, "it was paid by " + payout.transfer());
      }
      if (made.reversed() < 0 || made.reversed() > made.amount()) {
        return doubt(made, "more came back than was transferred");
      }
      Instant now = clock.instant();
      var journals = new ArrayList<Journal>();
      if (payout.status() != Payout.Status.PAID) {
        if (payout.round() == 0) {
          return doubt(made, "nobody asked for it");
        }
        if (payout.amount() != made.amount()
            || !payout.currency().equals(made.currency())
            || !made.account().equals(payout.account())) {
          return doubt(made, "it is not what was asked for");
        }
        if (payout.status() != Payout.Status.PENDING) {
          // It was given up, and made all the same.
          payout = payout.pending(made.amount(), made.account(), now);
          journals.add(payout.pendingJournal(now));
        }
        payout = payout.paid(made.id());
        journals.add(payout.postedJournal(now));
      }
      if (made.reversed() > payout.reversed()) {
        journals.add(payout.reversedJournal(made.reversed(), now));
        payout = payout.reversed(made.reversed());
      }
      Payout settled = payout;
      return journals.isEmpty()
          ? Act.Plan.nothing()
          : new Act.Plan(journals, List.of(), writes -> store.put(writes, settled, now));
    };
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
