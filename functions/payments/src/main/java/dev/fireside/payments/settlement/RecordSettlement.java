package dev.fireside.payments.settlement;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.purchases.Queue;
import dev.fireside.payments.settlement.domain.Period;
import dev.fireside.payments.settlement.domain.Statement;
import dev.fireside.payments.settlement.store.StatementStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Records what a store paid for a period: once by its reference. What the books expected and did
/// not arrive is a difference, and a case.
final class RecordSettlement {
  private static final Logger log = LoggerFactory.getLogger(RecordSettlement.class);

  private final StatementStore statements;
  private final Receivables receivables;
  private final Ledger ledger;
  private final Queue queue;
  private final Clock clock;

  RecordSettlement(
      StatementStore statements, Receivables receivables, Ledger ledger, Queue queue, Clock clock) {
    this.queue = queue;
    this.statements = statements;
    this.receivables = receivables;
    this.ledger = ledger;
    this.clock = clock;
  }

  /// Records one. Throws a 409 problem where its reference stands for another, or its period shares
  /// some days only with one that was settled.
  void record(Statement stated) {
    long accrued = receivables.accrued(stated.store(), stated.currency(), stated.period());
    Instant now = clock.instant();
    Act act = transaction -> plan(transaction, stated, accrued, now);
    // Each looks at all that the store settled, and writes one more.
    try (Queue.Turn _ = queue.turn("settlement:" + stated.store() + ":" + stated.currency())) {
      ledger.commit(act);
    }
  }

  private Act.Plan plan(Transaction transaction, Statement stated, long accrued, Instant now) {
    Statement before = statements.find(transaction, stated.name()).orElse(null);
    if (before != null) {
      if (!before.isSame(stated)) {
        throw ProblemException.conflict(
            Reason.OTHER_TERMS, "The reference stands for another settlement");
      }
      return Act.Plan.nothing();
    }
    Statement statement = stated.expecting(accrued - settled(transaction, stated));
    boolean differs = statement.difference() != 0;
    if (differs) {
      log.error("ALERT settlement {} is not what was expected", statement.name());
    }
    return new Act.Plan(
        List.of(statement.journal()),
        differs ? List.of(doubt(statement)) : List.of(),
        writes -> statements.put(writes, statement, now));
  }

  /// What of the period was settled before.
  private long settled(Transaction transaction, Statement stated) {
    Period period = stated.period();
    long settled = 0;
    for (Statement other : statements.standing(transaction, stated.store(), stated.currency())) {
      if (other.period().equals(period)) {
        settled += other.expected();
      } else if (other.period().overlaps(period)) {
        throw ProblemException.conflict(
            Reason.PERIOD_OVERLAPS, "Some of these days were settled as " + other.period().text());
      }
    }
    return settled;
  }

  private static ReviewCase doubt(Statement statement) {
    var evidence = new HashMap<String, String>();
    List<String> known = statement.evidence();
    for (int i = 0; i < known.size(); i += 2) {
      evidence.put(known.get(i), known.get(i + 1));
    }
    evidence.put("journal", statement.journal().id());
    return new ReviewCase(
        BookMovement.DIFFERENCE + ":" + statement.name(),
        "",
        BookMovement.DIFFERENCE,
        null,
        null,
        Math.abs(statement.difference()),
        statement.currency(),
        evidence);
  }

  /// Takes one back, unless it was. Throws a 404 problem where there is none.
  void reverse(String name, String by) {
    Instant now = clock.instant();
    ledger.commit(transaction -> {
      Statement statement =
          statements
              .find(transaction, name)
              .orElseThrow(() -> ProblemException.notFound("settlement"));
      return statement.reversedBy() != null
          ? Act.Plan.nothing()
          : new Act.Plan(
              List.of(statement.reversal(by, now)),
              List.of(),
              writes -> statements.put(writes, statement.reversed(by), now));
    });
  }
}
