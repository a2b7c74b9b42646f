package dev.fireside.ledger;

import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.ledger.store.CaseStore;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.ledger.store.NotificationStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Commits acts: journals, balances, notifications, review cases and whatever else they write, in
/// one Firestore transaction, so that a crash at any line leaves all of it or none.
public final class Ledger {
  private final Documents documents;
  private final LedgerStore store;
  private final CaseStore cases = new CaseStore();
  private final NotificationStore notifications = new NotificationStore();
  private final Clock clock;
  private final Progress progress;

  public Ledger(Platform platform) {
    this(platform, Progress.UNHEARD);
  }

  /// @param progress hears of every step
  public Ledger(Platform platform, Progress progress) {
    this.documents = platform.documents();
    this.store = new LedgerStore(documents);
    this.clock = platform.clock();
    this.progress = progress;
  }

  /// Lets an act take effect. A journal that was posted before, and a case that was opened before,
  /// are left as they are.
  public void commit(Act act) {
    progress.at("begin");
    Rounds.commit(
        documents,
        transaction -> {
          attempt(act, transaction);
          return true;
        });
    progress.at("committed");
  }

  private void attempt(Act act, Transaction transaction) {
    Instant now = clock.instant();
    Act.Plan plan = act.plan(transaction);
    var books = new Books(store, transaction, progress);
    plan.journals().forEach(books::post);
    books.read(journals -> journals);
    List<ReviewCase> opened =
        plan.cases().stream().filter(doubt -> !cases.exists(transaction, doubt.id())).toList();
    books.write(now);
    books
        .journals()
        .forEach(
            journal -> notifications.create(transaction, journal, journal.kind().wireName(), now));
    opened.forEach(doubt -> cases.open(transaction, doubt, now));
    plan.writes().accept(transaction);
    progress.at("all written");
  }
}
