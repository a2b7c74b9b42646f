package dev.fireside.ledger.domain;

import dev.fireside.shared.ids.Digest;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Proves a ledger from its journals and accounts, shown one by one in any order: each posting is
/// sealed, the chain of each account is whole, balances are those of a replay, sums are zero.
///
/// It keeps a few numbers for each account and nothing of the journals. A large ledger is shown in
/// several parts, each with all journals and accounts, of which it looks at its own accounts.
public final class LedgerAudit {
  /// Faults reported, at most.
  public static final int FAULTS_MAX = 100;

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final int part;
  private final int parts;
  private final Map<String, Fold> folds = new HashMap<>();
  private final Map<String, Long> trial = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private String root = "";
  private long journals;
  private long entries;

  /// What the entries of one account come to. A link is a place of the chain, as an entry's own
  /// number and hash state it, and as the entry after it does: in a whole chain all cancel out but
  /// the last.
  private static final class Fold {
    long entries;
    long balance;
    BigInteger links = BigInteger.ZERO;

    void add(Entry entry) {
      entries++;
      balance = Math.addExact(balance, entry.posting().signed());
      links =
          links
              .add(link(entry.sequence(), entry.hash()))
              .subtract(link(entry.sequence() - 1, entry.previous()))
              .mod(MODULUS);
    }

    boolean isWholeUpTo(AccountState account) {
      BigInteger end = link(account.entries(), account.head()).subtract(link(0, "")).mod(MODULUS);
      return links.equals(end);
    }
  }

  /// @param part which of the parts this is, from 0
  public LedgerAudit(int part, int parts) {
    this.part = part;
    this.parts = parts;
  }

  /// Shows a journal.
  public void journal(LedgerProof.Written written) {
    Journal journal = written.journal();
    List<Posting> posted = written.entries().stream().map(Entry::posting).toList();
    if (part == 0) {
      journals++;
      entries += posted.size();
      if (!posted.equals(journal.postings())) {
        fault(journal.id() + " has entries that are not its postings");
      }
      if (posted.isEmpty()) {
        fault(journal.id() + " has no entries");
      }
    }
    for (Entry entry : written.entries()) {
      if (isMine(entry.accountId())) {
        if (!entry.isSealed(journal)) {
          fault(entry.accountId() + " was changed at entry " + entry.sequence());
        }
        Posting posting = entry.posting();
        String base =
            AccountState.idOf(
                journal.book().wireName(), posting.account().text(), posting.asset().code());
        if (!AccountState.isShardOf(entry.accountId(), base)) {
          fault(journal.id() + " posts to " + base + ", and stands in " + entry.accountId());
        }
        folds.computeIfAbsent(entry.accountId(), _ -> new Fold()).add(entry);
      }
    }
  }

  /// Reports a journal that is none: its lines do not sum to zero, or cannot be read.
  public void broken(String id, String reason) {
    if (part == 0) {
      journals++;
      fault(id + " is no journal: " + reason);
    }
  }

  /// Reports a journal that reverses one that does not exist.
  public void dangling(String id, String reverses) {
    if (part == 0) {
      fault(id + " reverses " + reverses + ", which does not exist");
    }
  }

  /// Shows an account. All journals were shown before, and accounts come in order of their ids.
  ///
  /// @param base the id that the names of the account say, without the shard
  public void account(AccountState account, String base) {
    if (part == 0) {
      root =
          Seal.of(
              List.of(
                  root,
                  account.id(),
                  Long.toString(account.balance()),
                  Long.toString(account.entries()),
                  account.head()));
    }
    if (!isMine(account.id())) {
      return;
    }
    Fold fold = folds.remove(account.id());
    if (fold == null) {
      fault(account.id() + " has a balance but no entries");
    } else if (fold.balance != account.balance() || fold.entries != account.entries()) {
      fault(account.id() + " is " + describe(account) + ", a replay " + describe(fold));
    } else if (!fold.isWholeUpTo(account)) {
      fault("The chain of " + account.id() + " is broken");
    }
    if (!AccountState.isShardOf(account.id(), base)) {
      fault(account.id() + " is named " + base);
    }
    String[] names = account.id().split("\\|", -1);
    trial.merge(names[0] + " " + names[2].replace('.', ':'), account.balance(), Math::addExact);
  }

  /// What was found, once everything was shown.
  public LedgerProof proof() {
    folds.forEach((id, fold) -> fault(id + " is missing, a replay " + describe(fold)));
    folds.clear();
    return new LedgerProof(journals, entries, trial, root, faults);
  }

  private boolean isMine(String accountId) {
    return Math.floorMod(accountId.hashCode(), parts) == part;
  }

  private void fault(String text) {
    if (faults.size() < FAULTS_MAX) {
      faults.add(text);
    }
  }

  private static String describe(AccountState account) {
    return account.balance() + " after " + account.entries() + " entries";
  }

  private static String describe(Fold fold) {
    return fold.balance + " after " + fold.entries + " entries";
  }

  private static BigInteger link(long sequence, @Nullable String hash) {
    return new BigInteger(1, Digest.sha256(sequence + ":" + hash));
  }
}
