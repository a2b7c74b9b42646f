package dev.fireside.payouts;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Ledger;
import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.PayoutRun;
import dev.fireside.payouts.domain.Statement;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.PayoutStore.Status;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// Corrects what was stated to a creator, by another version of the statement.
final class CorrectStatement {
  private final PayoutStore store;
  private final Ledger ledger;
  private final Clock clock;

  CorrectStatement(PayoutStore store, Ledger ledger, Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Writes version `version`, which must be the next one: the same correction sent twice is one.
  /// Throws a 404 problem without such a run, and a 409 problem for another version than the next.
  ///
  /// @param amount what is added, in minor units; negative for what is taken back
  Statement correct(String run, Uid uid, int version, long amount, String reason) {
    PayoutStore.Kept kept =
        store.run(run).orElseThrow(() -> ProblemException.notFound("payout run"));
    if (kept.status() != Status.CLOSED) {
      throw ProblemException.conflict(Reason.RUN_OPEN, "The run is not closed yet");
    }
    PayoutRun terms = kept.terms();
    Instant now = clock.instant();
    Statement next = Statement.corrected(terms, uid, version, amount, reason, now);
    var stated = new AtomicReference<>(next);
    ledger.commit(transaction -> {
      Optional<Statement> same = store.statement(transaction, next.id());
      stated.set(same.orElse(next));
      if (same.isPresent()
          && same.get().correction() == amount
          && reason.equals(same.get().reason())) {
        return Act.Plan.nothing();
      }
      String before = Statement.id(run, uid, version - 1);
      // The first version is missing where a creator got nothing.
      boolean gap = version > 2 && store.statement(transaction, before).isEmpty();
      if (gap || same.isPresent()) {
        throw ProblemException.conflict(
            Reason.VERSION_MOVED, "Version " + version + " is not the next one");
      }
      return new Act.Plan(
          List.of(next.journal(terms)), List.of(), writes -> write(writes, terms, next, now));
    });
    return stated.get();
  }

  private void write(Transaction writes, PayoutRun terms, Statement next, Instant now) {
    store.create(writes, next);
    if (next.correction() > 0) {
      store.put(writes, Payout.waiting(next.id(), terms, next.uid(), 0, now), now);
    }
  }
}
