package dev.fireside.ledger;

import dev.fireside.ledger.domain.AccountState;
import dev.fireside.ledger.domain.Entry;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// The journals of one transaction: noted one by one, then their accounts are read, then all is
/// written.
public final class Books {
  private final LedgerStore ledger;
  private final Transaction transaction;
  private final Progress progress;
  private final Map<String, Due> due = new LinkedHashMap<>();
  private Map<String, AccountState> accounts = Map.of();

  private record Due(Journal journal, String shardKey) {}

  /// @param progress hears of every step
  public Books(LedgerStore ledger, Transaction transaction, Progress progress) {
    this.ledger = ledger;
    this.transaction = transaction;
    this.progress = progress;
  }

  /// Whether a journal was posted before, or is due already. Reads.
  public boolean knows(String id) {
    return due.containsKey(id) || ledger.exists(transaction, id);
  }

  /// Notes a journal that is not known.
  ///
  /// @param shardKey says which shard of the house's accounts takes it
  public void add(Journal journal, String shardKey) {
    due.put(journal.id(), new Due(journal.kept(), shardKey));
  }

  /// Whether there is nothing to post.
  public boolean isEmpty() {
    return due.isEmpty();
  }

  /// The journals that are due.
  public List<Journal> journals() {
    return due.values().stream().map(Due::journal).toList();
  }

  /// Notes a journal unless it is known; it is about nothing that others are about too. Reads.
  public void post(Journal journal) {
    if (!knows(journal.id())) {
      add(journal, journal.id());
    }
  }

  /// Reads the accounts of all that is due.
  ///
  /// @param moving says what the journals post once they are seen together; reads
  public void read(UnaryOperator<List<Journal>> moving) {
    for (Journal moved : moving.apply(journals())) {
      due.computeIfPresent(moved.id(), (_, one) -> new Due(moved, one.shardKey()));
    }
    var ids = new LinkedHashSet<String>();
    for (Due one : due.values()) {
      for (Posting posting : one.journal().postings()) {
        ids.add(AccountState.idFor(one.journal().book(), posting, one.shardKey()));
      }
    }
    accounts = ledger.accounts(transaction, List.copyOf(ids));
  }

  /// Writes journals and balances.
  public void write(Instant now) {
    var states = new TreeMap<>(accounts);
    var examples = new HashMap<String, Posting>();
    for (Due one : due.values()) {
      Journal journal = one.journal();
      var entries = new ArrayList<Entry>();
      for (Posting posting : journal.postings()) {
        String id = AccountState.idFor(journal.book(), posting, one.shardKey());
        AccountState account = states.getOrDefault(id, AccountState.empty(id));
        Entry entry = Entry.after(account, journal, posting);
        entries.add(entry);
        states.put(id, account.with(entry));
        examples.put(id, posting);
      }
      ledger.create(transaction, journal, entries, now);
      progress.at("journal written");
    }
    examples.forEach((id, posting) ->
        ledger.put(transaction, states.getOrDefault(id, AccountState.empty(id)), posting, now));
    progress.at("balances written");
  }
}
