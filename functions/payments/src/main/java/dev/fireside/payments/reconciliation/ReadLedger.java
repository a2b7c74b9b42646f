package dev.fireside.payments.reconciliation;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Entry;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.domain.LedgerProof.Written;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.ledger.store.LedgerStore.Balance;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Sheet;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.lists.Part;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The books, to be read.
final class ReadLedger {
  private final LedgerStore ledger;

  /// A journal as it is shown.
  record JournalView(
      String id,
      String kind,
      @Nullable Uid uid,
      Instant occurredAt,
      @Nullable String reverses,
      @Nullable String memo,
      @Nullable Map<String, String> labels,
      List<Line> entries) {}

  /// An entry as it is shown.
  record Line(
      String account,
      String asset,
      int exponent,
      String side,
      long amount,
      long sequence,
      String hash) {}

  /// Journals as CSV: a row for each entry.
  static final Sheet<JournalView> JOURNALS =
      Sheet.<Row>named("journals")
          .column("id", row -> row.journal().id())
          .column("kind", row -> row.journal().kind())
          .column("uid", row -> row.journal().uid())
          .column("occurredAt", row -> row.journal().occurredAt())
          .column("reverses", row -> row.journal().reverses())
          .column("memo", row -> row.journal().memo())
          .column("account", row -> row.line().account())
          .column("asset", row -> row.line().asset())
          .column("exponent", row -> row.line().exponent())
          .column("side", row -> row.line().side())
          .column("amount", row -> row.line().amount())
          .column("sequence", row -> row.line().sequence())
          .column("hash", row -> row.line().hash())
          .column("labels", row -> labels(row.journal()))
          .each(journal -> journal.entries().stream().map(line -> new Row(journal, line)).toList());

  /// An account as it is shown.
  ///
  /// @param balance debits less credits
  record AccountView(String account, String asset, int exponent, long balance, long entries) {}

  /// Accounts as CSV.
  static final Sheet<AccountView> ACCOUNTS =
      Sheet.<AccountView>named("accounts")
          .column("account", AccountView::account)
          .column("asset", AccountView::asset)
          .column("exponent", AccountView::exponent)
          .column("balance", AccountView::balance)
          .column("entries", AccountView::entries)
          .sheet();

  private record Row(JournalView journal, Line line) {}

  ReadLedger(LedgerStore ledger) {
    this.ledger = ledger;
  }

  /// One page of a person's statement, newest first.
  List<JournalView> statement(Uid uid, Book book, @Nullable String after, int limit) {
    return ledger.statement(uid, book, after, limit).stream().map(ReadLedger::view).toList();
  }

  /// The same as the person may see it: only the lines on their own accounts, and not who decided
  /// about them.
  List<JournalView> ownStatement(Uid uid, Book book, @Nullable String after, int limit) {
    return statement(uid, book, after, limit).stream()
        .map(journal ->
            new JournalView(
                journal.id(),
                journal.kind(),
                journal.uid(),
                journal.occurredAt(),
                journal.reverses(),
                null,
                journal.labels(),
                journal.entries().stream()
                    .filter(line -> AccountName.parse(line.account()).isOf(uid))
                    .toList()))
        .toList();
  }

  /// One page of the journals about a sale, by id.
  List<JournalView> ofSale(String sale, @Nullable String after, int limit) {
    return ledger.startingWith(sale + ":", after, limit).stream().map(ReadLedger::view).toList();
  }

  /// A part of the journals of a range, of those alone that move an account where it is named.
  Part<JournalView> journals(
      LedgerStore.Range range, @Nullable String account, @Nullable String after, int limit) {
    return Part.<Written, Written>fill(
            limit,
            after,
            (from, count) -> ledger.journals(range, from, count),
            ReadLedger::position,
            found -> found.stream().filter(one -> account == null || moves(one, account)).toList(),
            ReadLedger::position)
        .map(ReadLedger::view);
  }

  private static boolean moves(Written written, String account) {
    return written.journal().postings().stream()
        .anyMatch(posting -> posting.account().text().equals(account));
  }

  private static String position(Written written) {
    return LedgerStore.position(written.journal());
  }

  /// A part of the accounts, by name.
  Part<AccountView> accounts(Book book, @Nullable String kind, @Nullable String after, int limit) {
    return Part.of(ledger.accounts(book, kind, after, limit + 1), limit, Balance::last)
        .map(balance ->
            new AccountView(
                balance.account().text(),
                balance.asset().code(),
                balance.asset().exponent(),
                balance.amount(),
                balance.entries()));
  }

  /// One journal. Throws a 404 problem without.
  JournalView journal(String id) {
    return ledger
        .find(id)
        .map(ReadLedger::view)
        .orElseThrow(() -> ProblemException.notFound("journal"));
  }

  /// The balances of an account by asset: debits less credits.
  Map<String, Long> balances(Book book, String account) {
    return ledger.balances(book, account);
  }

  /// The sum of all balances by book and asset: all zero.
  Map<String, Long> trialBalance() {
    return ledger.trialBalance();
  }

  /// Proves the whole ledger.
  LedgerProof prove() {
    return ledger.prove();
  }

  private static @Nullable Object labels(JournalView journal) {
    return journal.labels() == null ? null : journal.labels().entrySet();
  }

  private static JournalView view(Written written) {
    Journal journal = written.journal();
    return new JournalView(
        journal.id(),
        journal.kind().wireName(),
        journal.uid(),
        journal.occurredAt(),
        journal.reverses(),
        journal.memo(),
        journal.labels().isEmpty() ? null : journal.labels(),
        written.entries().stream().map(ReadLedger::line).toList());
  }

  private static Line line(Entry entry) {
    return new Line(
        entry.posting().account().text(),
        entry.posting().asset().code(),
        entry.posting().asset().exponent(),
        entry.posting().side().wireName(),
        entry.posting().amount(),
        entry.sequence(),
        entry.hash());
  }
}
