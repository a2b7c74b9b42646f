package dev.fireside.payouts;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Position;
import dev.fireside.payouts.domain.PayoutJournals;
import dev.fireside.payouts.domain.PayoutRun;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.PayoutStore.Kept;
import dev.fireside.payouts.store.PayoutStore.Status;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Opens a period's run: from then on its pool is owed to creators.
final class OpenRun {
  private final PayoutStore store;
  private final Ledger ledger;
  private final Clock clock;

  OpenRun(PayoutStore store, Ledger ledger, Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Opens a run; does nothing where it is open on the same terms. Throws a 409 problem where there
  /// is one on other terms.
  Kept open(PayoutRun terms) {
    Instant now = clock.instant();
    ledger.commit(transaction -> {
      Optional<Kept> kept = store.run(transaction, terms.id());
      if (kept.isPresent()) {
        if (!kept.get().terms().equals(terms)) {
          throw ProblemException.conflict(
              Reason.OTHER_TERMS, "The period has a run on other terms");
        }
        return Act.Plan.nothing();
      }
      var run = new Kept(terms, Status.OPEN, "", 0, 0, 0, now);
      return new Act.Plan(journals(terms, now), List.of(), writes -> store.put(writes, run, now));
    });
    return store.run(terms.id()).orElseThrow();
  }

  private static List<Journal> journals(PayoutRun terms, Instant now) {
    if (terms.pool() == 0) {
      return List.of();
    }
    var position = new Position();
    position.move(
        AccountName.pool(terms.id()), AccountName.CREATOR_COST, terms.asset(), terms.pool());
    return List.of(
        new Journal(
            "payout_run:" + terms.id(),
            PayoutJournals.ACCRUAL,
            Book.LIVE,
            null,
            now,
            null,
            position.since(new Position())));
  }
}
