package dev.fireside.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LedgerProofTest {
  private static final Asset EUR = new Asset("EUR");
  private static final JournalKind KIND = new JournalKind("grant");

  private final List<LedgerProof.Written> journals = new ArrayList<>();
  private final Map<String, AccountState> accounts = new HashMap<>();

  LedgerProofTest() {
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      var position = new Position();
      position.move(
          AccountName.revenue("a"), debt(random.nextInt(3)), EUR, 1 + random.nextInt(999));
      write(
          new Journal(
              "j" + i,
              KIND,
              Book.LIVE,
              new Uid("ann"),
              Instant.ofEpochSecond(i),
              null,
              position.since(new Position())));
    }
  }

  private static AccountName debt(int number) {
    return AccountName.debt(new Uid("x" + number));
  }

  private void write(Journal journal) {
    var entries = new ArrayList<Entry>();
    for (Posting posting : journal.postings()) {
      String id = AccountState.idFor(journal.book(), posting, "key");
      AccountState account = accounts.getOrDefault(id, AccountState.empty(id));
      Entry entry = Entry.after(account, journal, posting);
      entries.add(entry);
      accounts.put(id, account.with(entry));
    }
    journals.add(new LedgerProof.Written(journal, entries));
  }

  /// Proves it in several ways that must find the same.
  private LedgerProof proof() {
    LedgerProof whole = proof(1);
    LedgerProof parts = proof(3);
    assertThat(parts.trialBalance()).isEqualTo(whole.trialBalance());
    assertThat(parts.faults()).hasSameElementsAs(whole.faults());
    assertThat(parts.journals()).isEqualTo(whole.journals());
    return whole;
  }

  private LedgerProof proof(int parts) {
    var proofs = new ArrayList<LedgerProof>();
    for (int part = 0; part < parts; part++) {
      var audit = new LedgerAudit(part, parts);
      var shown = new ArrayList<>(journals);
      Collections.shuffle(shown, new Random(part));
      shown.forEach(audit::journal);
      accounts.forEach((id, account) -> audit.account(account, id.replaceFirst("\\|\\d+$", "")));
      proofs.add(audit.proof());
    }
    return LedgerProof.of(proofs);
  }

  @Test
  void findsNothingInASoundLedger() {
    assertThat(proof().faults()).isEmpty();
    assertThat(proof().trialBalance()).containsExactly(Map.entry("live EUR", 0L));
  }

  @Test
  void findsAJournalThatWasTakenOut() {
    journals.remove(20);
    assertThat(proof().faults()).isNotEmpty();
  }

  @Test
  void findsAMemoThatWasChangedOrTakenOut() {
    var memo =
        new Journal(
            "decision", KIND, Book.LIVE, null, Instant.EPOCH, null, List.of(), "deny by mia");
    write(memo.kept());
    assertThat(proof().faults()).isEmpty();
    LedgerProof.Written written = journals.removeLast();
    assertThat(proof().faults()).isNotEmpty();
    var other =
        new Journal(
            "decision",
            KIND,
            Book.LIVE,
            null,
            Instant.EPOCH,
            null,
            memo.kept().postings(),
            "grant by mia");
    journals.add(new LedgerProof.Written(other, written.entries()));
    assertThat(proof().faults()).anyMatch(fault -> fault.contains("was changed"));
  }

  @Test
  void findsAJournalWithoutEntries() {
    journals.add(
        new LedgerProof.Written(
            new Journal("memo", KIND, Book.LIVE, null, Instant.EPOCH, null, List.of()), List.of()));
    assertThat(proof().faults()).containsExactly("memo has no entries");
  }

  @Test
  void findsAccountsThatAreNotWhatTheirEntriesSay() {
    // Sealed, chained and balanced, but the money of one account stands in another.
    var journal = new Journal("p", KIND, Book.LIVE, null, Instant.EPOCH, null, pair());
    var entries = new ArrayList<Entry>();
    for (Posting posting : journal.postings()) {
      AccountState account = AccountState.empty("live|other:" + posting.account().text() + "|EUR");
      Entry entry = Entry.after(account, journal, posting);
      entries.add(entry);
      accounts.put(account.id(), account.with(entry));
    }
    journals.add(new LedgerProof.Written(journal, entries));
    assertThat(proof().faults()).hasSize(2).allMatch(fault -> fault.contains("stands in"));
    var audit = new LedgerAudit(0, 1);
    audit.account(AccountState.empty("live|revenue:a|EUR|3"), "live|fees:a|EUR");
    assertThat(audit.proof().faults()).contains("live|revenue:a|EUR|3 is named live|fees:a|EUR");
  }

  @Test
  void givesAllAccountsOneRoot() {
    String root = proof().root();
    assertThat(root).matches("[0-9a-f]{64}");
    assertThat(proof().root()).isEqualTo(root);
    write(new Journal("p", KIND, Book.LIVE, null, Instant.EPOCH, null, pair()));
    assertThat(proof().root()).isNotEqualTo(root);
  }

  @Test
  void findsAnAmountThatWasChanged() {
    LedgerProof.Written victim = journals.get(7);
    Posting first = victim.entries().getFirst().posting();
    Posting second = victim.entries().getLast().posting();
    var postings =
        List.of(
            new Posting(first.account(), EUR, first.side(), first.amount() + 1),
            new Posting(second.account(), EUR, second.side(), second.amount() + 1));
    Journal journal = victim.journal();
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < 2; i++) {
      Entry old = victim.entries().get(i);
      entries.add(
          new Entry(old.accountId(), old.sequence(), old.previous(), postings.get(i), old.hash()));
    }
    journals.set(
        7,
        new LedgerProof.Written(
            new Journal(
                journal.id(),
                journal.kind(),
                journal.book(),
                journal.uid(),
                journal.occurredAt(),
                null,
                postings),
            entries));
    assertThat(proof().faults()).anyMatch(fault -> fault.contains("was changed"));
  }

  @Test
  void findsABalanceThatWasChanged() {
    accounts.computeIfPresent(
        "live|user_debt:x1|EUR",
        (id, state) -> new AccountState(id, state.balance() + 1, state.entries(), state.head()));
    assertThat(proof().faults()).hasSize(2);
  }

  @Test
  void findsEntriesThatChangedPlaces() {
    // Two accounts of equal entries: the chain, not the sum, shows that they were swapped.
    var first = new Journal("p", KIND, Book.LIVE, null, Instant.EPOCH, null, pair());
    var second = new Journal("q", KIND, Book.LIVE, null, Instant.EPOCH, null, pair());
    write(first);
    write(second);
    assertThat(proof().faults()).isEmpty();
    LedgerProof.Written one = journals.get(journals.size() - 2);
    LedgerProof.Written other = journals.getLast();
    journals.set(journals.size() - 2, new LedgerProof.Written(one.journal(), other.entries()));
    journals.set(journals.size() - 1, new LedgerProof.Written(other.journal(), one.entries()));
    assertThat(proof().faults()).isNotEmpty();
  }

  @Test
  void findsAChainThatWasWrittenAnew() {
    // Whoever changes an amount and seals it again cannot put back the head that was kept.
    AccountState head = accounts.get("live|user_debt:x1|EUR");
    assertThat(head).isNotNull();
    accounts.put(
        head.id(), new AccountState(head.id(), head.balance(), head.entries(), "0".repeat(64)));
    assertThat(proof().faults()).hasSize(1);
  }

  private static List<Posting> pair() {
    return List.of(Posting.of(AccountName.tax("a"), EUR, 5), Posting.of(debt(4), EUR, -5));
  }

  @Test
  void refusesJournalsThatDoNotBalance() {
    assertThatThrownBy(() ->
            new Journal(
                "j",
                KIND,
                Book.LIVE,
                null,
                Instant.EPOCH,
                null,
                List.of(Posting.of(AccountName.tax("a"), EUR, 5), Posting.of(debt(4), EUR, -4))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
