package dev.fireside.payouts;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.Ledger;
import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Position;
import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.PayoutJournals;
import dev.fireside.payouts.domain.PayoutRun;
import dev.fireside.payouts.domain.Share;
import dev.fireside.payouts.domain.Statement;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.PayoutStore.Kept;
import dev.fireside.payouts.store.PayoutStore.Status;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Closes a period's run: shares its pool out, and states to every creator what they earned.
///
/// The shares are fixed first, in documents of their own, so that they add up to the pool also
/// where a crash makes somebody else write the statements, and seconds are still being counted.
final class CloseRun {
  /// Statements of one transaction: each takes up to four writes.
  private static final int BATCH = 20;

  private final PayoutStore store;
  private final Ledger ledger;
  private final Ids ids;
  private final Clock clock;

  CloseRun(PayoutStore store, Ledger ledger, Ids ids, Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.ids = ids;
    this.clock = clock;
  }

  /// Closes a run as far as the time goes; the schedule goes on with the rest. Throws a 404 problem
  /// without such a run, and a 409 problem while its month lasts.
  Kept close(String id, Duration time) {
    Instant end = clock.instant().plus(time);
    Kept run = store.run(id).orElseThrow(() -> ProblemException.notFound("payout run"));
    if (run.status() == Status.OPEN) {
      if (run.terms().end().filter(clock.instant()::isBefore).isPresent()) {
        throw ProblemException.conflict(Reason.PERIOD_NOT_OVER, "The period is not over yet");
      }
      run = fix(run);
    }
    if (run.status() == Status.CLOSING && stateAll(run, end)) {
      run = move(run, run.closed(), rest(run));
    }
    return run;
  }

  private Kept fix(Kept run) {
    PayoutRun terms = run.terms();
    List<Share> shares =
        Share.of(terms, people(store.seconds(terms.period())), people(store.gifts(terms.period())))
            .stream()
            .filter(share -> share.earned() > 0)
            .toList();
    String token = ids.next();
    int chunks = 0;
    for (int from = 0; from < shares.size(); from += PayoutStore.CHUNK) {
      int to = Math.min(shares.size(), from + PayoutStore.CHUNK);
      store.putShares(terms.id(), token, chunks, shares.subList(from, to));
      chunks++;
    }
    return move(run, run.fixed(token, chunks, shares), List.of());
  }

  private static Map<String, Long> people(Map<String, Long> weights) {
    return weights.entrySet().stream()
        .filter(weight -> Uid.isValid(weight.getKey()))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /// What of the pool nobody earned is no cost of the house.
  private List<Journal> rest(Kept run) {
    PayoutRun terms = run.terms();
    long rest = terms.pool() - run.shared();
    if (rest == 0) {
      return List.of();
    }
    var position = new Position();
    position.move(AccountName.CREATOR_COST, AccountName.pool(terms.id()), terms.asset(), rest);
    return List.of(
        new Journal(
            "payout_run:" + terms.id() + ":rest",
            PayoutJournals.ACCRUAL,
            Book.LIVE,
            null,
            clock.instant(),
            null,
            position.since(new Position())));
  }

  /// Writes the next state of a run, unless somebody else was faster.
  private Kept move(Kept from, Kept to, List<Journal> journals) {
    String id = from.terms().id();
    ledger.commit(transaction -> {
      Kept kept = store.run(transaction, id).orElseThrow();
      return kept.status() == from.status()
          ? new Act.Plan(journals, List.of(), writes -> store.put(writes, to, clock.instant()))
          : Act.Plan.nothing();
    });
    return store.run(id).orElseThrow();
  }

  private boolean stateAll(Kept run, Instant end) {
    for (int chunk = 0; chunk < run.chunks(); chunk++) {
      List<Share> shares = store.shares(run.terms().id(), run.token(), chunk);
      for (int from = 0; from < shares.size(); from += BATCH) {
        if (!clock.instant().isBefore(end)) {
          return false;
        }
        List<Share> some = shares.subList(from, Math.min(shares.size(), from + BATCH));
        ledger.commit(transaction -> state(transaction, run.terms(), some));
      }
    }
    return true;
  }

  private Act.Plan state(Transaction transaction, PayoutRun terms, List<Share> shares) {
    Instant now = clock.instant();
    List<Statement> statements =
        shares.stream().map(share -> Statement.first(terms, share, now)).toList();
    Set<String> existing =
        store.existing(transaction, statements.stream().map(Statement::id).toList());
    List<Statement> missing =
        statements.stream().filter(statement -> !existing.contains(statement.id())).toList();
    List<Journal> journals = missing.stream().map(statement -> statement.journal(terms)).toList();
    return new Act.Plan(
        journals,
        List.of(),
        writes ->
            missing.forEach(statement -> {
              store.create(writes, statement);
              payouts(terms, statement).forEach(payout -> store.put(writes, payout, now));
            }));
  }

  private static List<Payout> payouts(PayoutRun terms, Statement statement) {
    var payouts = new ArrayList<Payout>();
    Instant at = statement.issuedAt();
    long first = statement.earned() - statement.reserve();
    if (first > 0) {
      payouts.add(
          Payout.waiting(statement.id(), terms, statement.uid(), first, at.plus(terms.hold())));
    }
    if (statement.reserve() > 0) {
      payouts.add(
          Payout.waiting(
              statement.id() + ":reserve",
              terms,
              statement.uid(),
              statement.reserve(),
              at.plus(terms.reserveHold())));
    }
    return payouts;
  }
}
