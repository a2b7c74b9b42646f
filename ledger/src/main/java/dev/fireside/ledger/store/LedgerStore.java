package dev.fireside.ledger.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.AccountState;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Entry;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.JournalKind;
import dev.fireside.ledger.domain.LedgerAudit;
import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The ledger: journals in `transactions/{id}`, created once and never written again, and the
/// accounts' balances and chain heads in `accounts/{id}`.
public final class LedgerStore {
  private static final String JOURNALS = "transactions";
  private static final String ACCOUNTS = "accounts";
  private static final int PAGE = 500;

  /// Comes after every character of an id.
  private static final String LAST = "\uffff";

  /// Accounts whose sums are in memory at once, some 300 bytes each.
  private static final int ACCOUNTS_PER_PART = 100_000;

  private final Documents documents;

  public LedgerStore(Documents documents) {
    this.documents = documents;
  }

  /// Accounts inside a transaction, by id; those without entries are empty.
  public Map<String, AccountState> accounts(Transaction transaction, List<String> ids) {
    var states = new HashMap<String, AccountState>();
    ids.forEach(id -> states.put(id, AccountState.empty(id)));
    if (!ids.isEmpty()) {
      transaction
          .getAll(ids.stream().map(id -> ACCOUNTS + "/" + id).toList())
          .values()
          .forEach(document -> states.put(document.id(), account(document)));
    }
    return states;
  }

  /// The balance of an account that is kept in one document, inside a transaction: debits less
  /// credits.
  public long balance(Transaction transaction, Book book, AccountName account, Asset asset) {
    if (account.isSharded()) {
      throw new IllegalArgumentException(account + " is kept in shards");
    }
    String id = AccountState.idOf(book.wireName(), account.text(), asset.code());
    return transaction
        .get(ACCOUNTS + "/" + id)
        .map(LedgerStore::account)
        .map(AccountState::balance)
        .orElse(0L);
  }

  /// Whether a journal was written already.
  public boolean exists(Transaction transaction, String id) {
    return transaction.get(JOURNALS + "/" + id).isPresent();
  }

  /// Whether a journal was written, and is about a person.
  public boolean isOfSomebody(Transaction transaction, String id) {
    return transaction
        .get(JOURNALS + "/" + id)
        .flatMap(document -> document.fields().text("uid"))
        .isPresent();
  }

  /// Creates a journal; the whole commit fails where it exists.
  public void create(Transaction transaction, Journal journal, List<Entry> entries, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("id", journal.id());
    fields.put("kind", journal.kind().wireName());
    fields.put("book", journal.book().wireName());
    fields.put("occurredAt", journal.occurredAt());
    fields.put("recordedAt", now);
    fields.put("entries", entries.stream().map(LedgerStore::write).toList());
    if (journal.uid() != null) {
      fields.put("uid", journal.uid().value());
    }
    Maps.put(fields, "reverses", journal.reverses());
    Maps.put(fields, "memo", journal.memo());
    if (!journal.labels().isEmpty()) {
      fields.put("labels", journal.labels());
    }
    transaction.create(JOURNALS + "/" + journal.id(), fields);
  }

  /// Writes an account as its last entry leaves it.
  public void put(Transaction transaction, AccountState account, Posting example, Instant now) {
    transaction.set(
        ACCOUNTS + "/" + account.id(),
        Map.of(
            "id", account.id(),
            "account", example.account().text(),
            "asset", example.asset().code(),
            "book", account.id().substring(0, account.id().indexOf('|')),
            "balance", account.balance(),
            "entries", account.entries(),
            "head", account.head(),
            "updatedAt", now));
  }

  /// A journal.
  public Optional<LedgerProof.Written> find(String id) {
    return documents.get(JOURNALS + "/" + id).map(LedgerStore::journal);
  }

  /// The journals whose ids begin with a text, by id: those about one sale where it is the sale's.
  ///
  /// @param after the id that the page before ended with, or null
  public List<LedgerProof.Written> startingWith(String start, @Nullable String after, int limit) {
    Query query =
        documents
            .collection(JOURNALS)
            .orderBy(FieldPath.documentId())
            .endBefore(start + LAST)
            .limit(limit);
    query = after == null ? query.startAt(start) : query.startAfter(after);
    return documents.list(query).stream().map(LedgerStore::journal).toList();
  }

  /// Which journals are asked for.
  ///
  /// @param from when they happened, at the earliest
  /// @param to when they happened; not included
  /// @param kind null for all
  public record Range(
      Book book, Instant from, Instant to, @Nullable String kind, boolean newestFirst) {}

  /// Journals by the time they happened at.
  ///
  /// @param after the [#position] that the page before ended with, or null
  public List<LedgerProof.Written> journals(Range range, @Nullable String after, int limit) {
    var direction = range.newestFirst() ? Query.Direction.DESCENDING : Query.Direction.ASCENDING;
    Query query =
        documents
            .collection(JOURNALS)
            .whereEqualTo("book", range.book().wireName())
            .whereGreaterThanOrEqualTo("occurredAt", Times.timestamp(range.from()))
            .whereLessThan("occurredAt", Times.timestamp(range.to()))
            .orderBy("occurredAt", direction)
            .orderBy(FieldPath.documentId(), direction)
            .limit(limit);
    if (range.kind() != null) {
      query = query.whereEqualTo("kind", range.kind());
    }
    if (after != null) {
      int colon = after.indexOf(':');
      Instant at = Instant.ofEpochMilli(Long.parseLong(after.substring(0, colon)));
      query = query.startAfter(Times.timestamp(at), after.substring(colon + 1));
    }
    return documents.list(query).stream().map(LedgerStore::journal).toList();
  }

  /// Where a journal stands among those of a [Range].
  public static String position(Journal journal) {
    return journal.occurredAt().toEpochMilli() + ":" + journal.id();
  }

  /// One account in one asset, over its shards.
  ///
  /// @param last its last document, after which the next account begins
  /// @param amount debits less credits
  public record Balance(AccountName account, Asset asset, long amount, long entries, String last) {
    private boolean isOf(Balance other) {
      return account.equals(other.account) && asset.equals(other.asset);
    }

    private Balance and(Balance shard) {
      return new Balance(
          account,
          asset,
          Math.addExact(amount, shard.amount),
          Math.addExact(entries, shard.entries),
          shard.last);
    }
  }

  /// Accounts by their names.
  ///
  /// @param kind what they are for; null for all
  /// @param after [Balance#last] of the last one of the page before, or null
  public List<Balance> accounts(
      Book book, @Nullable String kind, @Nullable String after, int limit) {
    String start = book.wireName() + "|" + (kind == null ? "" : kind);
    int read = Math.min(PAGE, AccountState.SHARDS * limit);
    Query base =
        documents
            .collection(ACCOUNTS)
            .orderBy(FieldPath.documentId())
            .endBefore(start + LAST)
            .limit(read);
    var found = new ArrayList<Balance>();
    Query query = after == null ? base.startAt(start) : base.startAfter(after);
    while (true) {
      List<Document> page = documents.list(query);
      for (Document document : page) {
        Balance next = balance(document);
        if (kind != null && !next.account().isFor(kind)) {
          continue;
        }
        if (!found.isEmpty() && found.getLast().isOf(next)) {
          found.set(found.size() - 1, found.getLast().and(next));
        } else if (found.size() == limit) {
          return found;
        } else {
          found.add(next);
        }
      }
      if (page.size() < read) {
        return found;
      }
      query = base.startAfter(page.getLast().id());
    }
  }

  private static Balance balance(Document document) {
    Fields fields = document.fields();
    return new Balance(
        AccountName.parse(fields.requiredText("account")),
        new Asset(fields.requiredText("asset")),
        fields.number("balance"),
        fields.number("entries"),
        document.id());
  }

  /// One page of a person's journals, newest first.
  ///
  /// @param after the id that the page before ended with, or null
  public List<LedgerProof.Written> statement(
      Uid uid, Book book, @Nullable String after, int limit) {
    Query query =
        documents
            .collection(JOURNALS)
            .whereEqualTo("uid", uid.value())
            .whereEqualTo("book", book.wireName())
            .orderBy("recordedAt", Query.Direction.DESCENDING)
            .orderBy(FieldPath.documentId(), Query.Direction.DESCENDING)
            .limit(limit);
    if (after != null) {
      Optional<Document> last = documents.get(JOURNALS + "/" + after);
      if (last.isEmpty()) {
        return List.of();
      }
      Instant at = last.get().fields().instant("recordedAt").orElse(Instant.EPOCH);
      query = query.startAfter(Times.timestamp(at), after);
    }
    return documents.list(query).stream().map(LedgerStore::journal).toList();
  }

  /// Shows the journals of a book that happened from `from` to before `to`, the oldest first, page
  /// by page.
  public void during(Book book, Instant from, Instant to, Consumer<LedgerProof.Written> journals) {
    var range = new Range(book, from, to, null, false);
    String after = null;
    while (true) {
      List<LedgerProof.Written> page = journals(range, after, PAGE);
      page.forEach(journals);
      if (page.size() < PAGE) {
        return;
      }
      after = position(page.getLast().journal());
    }
  }

  /// The balances of one account over its shards, by asset.
  public Map<String, Long> balances(Book book, String account) {
    var sums = new TreeMap<String, Long>();
    documents
        .list(
            documents
                .collection(ACCOUNTS)
                .whereEqualTo("book", book.wireName())
                .whereEqualTo("account", account))
        .forEach(document ->
            sums.merge(
                document.fields().requiredText("asset"),
                document.fields().number("balance"),
                Math::addExact));
    return sums;
  }

  /// Sums of all balances by book and asset, from the accounts alone, as of one instant.
  public Map<String, Long> trialBalance() {
    var sums = new TreeMap<String, Long>();
    each(
        ACCOUNTS,
        now(),
        document -> {
          Fields fields = document.fields();
          sums.merge(
              fields.requiredText("book") + " " + fields.requiredText("asset"),
              fields.number("balance"),
              Math::addExact);
        });
    return sums;
  }

  /// Proves the whole ledger as of one instant. Reads all of it, page by page, once for every
  /// [#ACCOUNTS_PER_PART] accounts.
  public LedgerProof prove() {
    Instant at = now();
    long accounts = documents.count(documents.collection(ACCOUNTS)).count();
    return prove(at, (int) Math.max(1, Math.ceilDiv(accounts, ACCOUNTS_PER_PART)));
  }

  LedgerProof prove(Instant at, int parts) {
    var proofs = new ArrayList<LedgerProof>();
    for (int part = 0; part < parts; part++) {
      var audit = new LedgerAudit(part, parts);
      var reversals = new HashMap<String, String>();
      each(
          JOURNALS,
          at,
          document -> {
            try {
              LedgerProof.Written written = journal(document);
              audit.journal(written);
              if (written.journal().reverses() != null) {
                reversals.put(document.id(), written.journal().reverses());
              }
            } catch (IllegalArgumentException | IllegalStateException e) {
              audit.broken(document.id(), String.valueOf(e.getMessage()));
            }
            if (reversals.size() >= PAGE) {
              findReversed(reversals, audit);
            }
          });
      findReversed(reversals, audit);
      each(
          ACCOUNTS,
          at,
          document -> {
            Fields fields = document.fields();
            audit.account(
                account(document),
                AccountState.idOf(
                    fields.text("book").orElse(""),
                    fields.text("account").orElse(""),
                    fields.text("asset").orElse("")));
          });
      proofs.add(audit.proof());
    }
    return LedgerProof.of(proofs);
  }

  private void findReversed(Map<String, String> reversals, LedgerAudit audit) {
    Set<String> paths =
        reversals.values().stream().map(id -> JOURNALS + "/" + id).collect(Collectors.toSet());
    Map<String, Document> found = documents.getAll(paths);
    reversals.forEach((id, reversed) -> {
      if (!found.containsKey(JOURNALS + "/" + reversed)) {
        audit.dangling(id, reversed);
      }
    });
    reversals.clear();
  }

  /// The present, by Firestore's own clock.
  private Instant now() {
    return documents.count(documents.collection(ACCOUNTS).limit(1)).readTime();
  }

  private void each(String collection, Instant at, Consumer<Document> consumer) {
    Query base = documents.collection(collection).orderBy(FieldPath.documentId()).limit(PAGE);
    Query query = base;
    while (true) {
      List<Document> page = documents.list(query, at);
      page.forEach(consumer);
      if (page.size() < PAGE) {
        return;
      }
      query = base.startAfter(page.getLast().id());
    }
  }

  private static AccountState account(Document document) {
    Fields fields = document.fields();
    return new AccountState(
        document.id(),
        fields.number("balance"),
        fields.number("entries"),
        fields.text("head").orElse(""));
  }

  private static Map<String, Object> write(Entry entry) {
    Posting posting = entry.posting();
    return Map.of(
        "accountId", entry.accountId(),
        "sequence", entry.sequence(),
        "previous", entry.previous(),
        "hash", entry.hash(),
        "account", posting.account().text(),
        "asset", posting.asset().code(),
        "exponent", posting.asset().exponent(),
        "side", posting.side().wireName(),
        "amount", posting.amount());
  }

  private static LedgerProof.Written journal(Document document) {
    Fields fields = document.fields();
    List<Entry> entries = fields.maps("entries").stream().map(LedgerStore::entry).toList();
    var journal =
        new Journal(
            document.id(),
            new JournalKind(fields.requiredText("kind")),
            Book.of(fields.requiredText("book")),
            fields.text("uid").map(Uid::new).orElse(null),
            fields.instant("occurredAt").orElse(Instant.EPOCH),
            fields.text("reverses").orElse(null),
            entries.stream().map(Entry::posting).toList(),
            fields.text("memo").orElse(null),
            labels(fields.map("labels")));
    return new LedgerProof.Written(journal, entries);
  }

  private static SortedMap<String, String> labels(Fields fields) {
    var labels = new TreeMap<String, String>();
    fields.names().forEach(name -> labels.put(name, fields.requiredText(name)));
    return labels;
  }

  private static Entry entry(Fields fields) {
    return new Entry(
        fields.requiredText("accountId"),
        fields.number("sequence"),
        fields.text("previous").orElse(""),
        new Posting(
            AccountName.parse(fields.requiredText("account")),
            new Asset(fields.requiredText("asset")),
            Posting.Side.of(fields.requiredText("side")),
            fields.number("amount")),
        fields.requiredText("hash"));
  }
}
