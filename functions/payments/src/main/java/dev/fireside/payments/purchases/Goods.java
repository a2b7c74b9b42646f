package dev.fireside.payments.purchases;

import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Holding;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.domain.Step;
import dev.fireside.economy.store.Holdings;
import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.AccountState;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payments.purchases.domain.Inventory;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the journals of one transaction give to people and take from them: one operation on each
/// inventory. What is sold in the sandbox stays in its ledger.
final class Goods {
  private final Holdings holdings;
  private final LedgerStore ledger;
  private final Transaction transaction;
  private final Map<Uid, Outcome> outcomes = new LinkedHashMap<>();

  /// A person whose inventory changes.
  private static final class Person {
    final Uid uid;
    final Journal first;
    final Set<Asset> assets = new LinkedHashSet<>();
    final Map<Asset, Inventory> has = new LinkedHashMap<>();

    Person(Uid uid, Journal first) {
      this.uid = uid;
      this.first = first;
    }

    OperationId operation() {
      return new OperationId("payments:" + Digest.hex(first.id(), Digest.BYTES));
    }
  }

  Goods(Holdings holdings, LedgerStore ledger, Transaction transaction) {
    this.holdings = holdings;
    this.ledger = ledger;
    this.transaction = transaction;
  }

  /// Gives and takes what journals post to people, in this order, and returns the journals with
  /// what concerns a debt posted to the debt's account. Reads.
  List<Journal> move(List<Journal> journals) {
    Map<Uid, Person> people = people(journals);
    if (people.isEmpty()) {
      return journals;
    }
    Map<Uid, Holding> before = new HashMap<>();
    List<Holdings.Wanted> wanted =
        people.values().stream()
            .map(person ->
                new Holdings.Wanted(
                    person.uid,
                    person.operation(),
                    new LinkedHashSet<>(person.assets.stream().map(Goods::owned).toList())))
            .toList();
    holdings.read(transaction, wanted).forEach(read -> before.put(read.uid(), read));
    people.values().forEach(person -> readDebts(person, held(before, person)));
    var moved = new ArrayList<Journal>();
    for (Journal journal : journals) {
      Person person = journal.uid() == null ? null : people.get(journal.uid());
      moved.add(person == null || !isReal(journal) ? journal : move(journal, person));
    }
    people
        .values()
        .forEach(person -> outcomes.put(person.uid, changed(person, held(before, person))));
    return moved;
  }

  private static Holding held(Map<Uid, Holding> read, Person person) {
    Holding holding = read.get(person.uid);
    if (holding == null) {
      throw new IllegalStateException("An inventory was not read");
    }
    return holding;
  }

  private static boolean isReal(Journal journal) {
    return journal.book() == Book.LIVE;
  }

  private static Map<Uid, Person> people(List<Journal> journals) {
    var people = new LinkedHashMap<Uid, Person>();
    for (Journal journal : journals) {
      Uid uid = journal.uid();
      for (Posting posting : journal.postings()) {
        if (uid != null && isReal(journal) && isOwn(posting, uid)) {
          people.computeIfAbsent(uid, _ -> new Person(uid, journal)).assets.add(posting.asset());
        }
      }
    }
    return people;
  }

  private static boolean isOwn(Posting posting, Uid uid) {
    return posting.asset().isUnit() && posting.account().equals(AccountName.inventory(uid));
  }

  private void readDebts(Person person, Holding holding) {
    var accounts = new LinkedHashMap<Asset, String>();
    for (Asset asset : person.assets) {
      Posting owed = Posting.of(AccountName.debt(person.uid), asset, -1);
      accounts.put(asset, AccountState.idFor(Book.LIVE, owed, ""));
    }
    Map<String, AccountState> debts = ledger.accounts(transaction, List.copyOf(accounts.values()));
    accounts.forEach((asset, id) -> {
      AccountState debt = debts.getOrDefault(id, AccountState.empty(id));
      person.has.put(
          asset, new Inventory(holding.held(owned(asset)), Math.max(0, -debt.balance())));
    });
  }

  private static Journal move(Journal journal, Person person) {
    List<Posting> postings = journal.postings();
    for (Posting posting : journal.postings()) {
      if (isOwn(posting, person.uid)) {
        Inventory has = person.has.getOrDefault(posting.asset(), Inventory.NONE);
        Inventory next = has.with(posting.signed());
        postings = has.split(postings, person.uid, posting.asset(), next);
        person.has.put(posting.asset(), next);
      }
    }
    return journal.with(postings);
  }

  private static Outcome changed(Person person, Holding before) {
    Change change = Change.of(person.operation(), "purchase", person.first.id());
    for (var entry : person.has.entrySet()) {
      var asset = owned(entry.getKey());
      long delta = entry.getValue().quantity() - before.held(asset);
      if (delta > 0) {
        change = change.and(new Step.Deliver(asset, delta));
      } else if (delta < 0) {
        change = change.and(new Step.Take(asset, -delta));
      }
    }
    Outcome outcome = before.apply(change);
    if (!(outcome instanceof Outcome.Done)) {
      // Products name what the catalogue of items has, and it never forgets an entry.
      throw new IllegalStateException(person.first.id() + " cannot be handed over: " + outcome);
    }
    return outcome;
  }

  private static dev.fireside.economy.domain.Asset owned(Asset asset) {
    return asset.isCoin() ? new CurrencyCode(asset.unitId()) : new ItemId(asset.unitId());
  }

  /// Writes what people have now.
  void write() {
    outcomes.values().forEach(outcome -> holdings.write(transaction, outcome));
  }

  /// Lets caches know, after the commit.
  void committed() {
    outcomes.forEach(holdings::committed);
  }
}
