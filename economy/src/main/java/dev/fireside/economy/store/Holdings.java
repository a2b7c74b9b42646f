package dev.fireside.economy.store;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.Holding;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.Listed;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads and writes holdings inside transactions: all reads first, then [Holding#apply], then the
/// writes, together with whatever else the transaction is about. After the commit, [#committed].
public final class Holdings {
  private final Documents documents;
  private final Inventories inventories;
  private final Clock clock;

  public Holdings(Platform platform) {
    this.documents = platform.documents();
    this.inventories = new Inventories(platform);
    this.clock = platform.clock();
  }

  /// What is to be read.
  public record Wanted(Uid uid, OperationId operation, Set<Asset> assets) {
    public Wanted {
      assets = java.util.Collections.unmodifiableSet(new LinkedHashSet<>(assets));
    }
  }

  /// Does one operation in a transaction of its own, and lets the cache know.
  public Outcome run(Uid uid, Change change) {
    Outcome outcome =
        documents.transact(transaction -> {
          Outcome result = read(transaction, uid, change).apply(change);
          write(transaction, result);
          return result;
        });
    committed(uid, outcome);
    return outcome;
  }

  /// What came of an operation that may have been done before; empty where it was not. Reads
  /// nothing but the history.
  public Optional<Outcome> earlier(Uid uid, Change change) {
    return documents
        .get(HoldingDocument.operation(uid, change.operation()))
        .map(found -> HoldingDocument.recorded(found).outcomeOf(change));
  }

  /// What came of two operations that belong together.
  public record Both(Outcome first, Outcome second) {
    /// Whether they were done now: where only one of them could be, neither was.
    public boolean isDone() {
      return first instanceof Outcome.Done && second instanceof Outcome.Done;
    }

    private boolean isRepeated() {
      return first instanceof Outcome.Repeated && second instanceof Outcome.Repeated;
    }
  }

  /// Does two operations on two inventories in one transaction: both or none.
  public Both runBoth(Uid uid, Change change, Uid otherUid, Change otherChange) {
    var wanted =
        List.of(
            new Wanted(uid, change.operation(), change.assets()),
            new Wanted(otherUid, otherChange.operation(), otherChange.assets()));
    Both both =
        documents.transact(transaction -> {
          List<Holding> holdings = read(transaction, wanted);
          var result =
              new Both(holdings.getFirst().apply(change), holdings.getLast().apply(otherChange));
          if (result.isDone()) {
            write(transaction, result.first());
            write(transaction, result.second());
          }
          return result;
        });
    if (both.isDone() || both.isRepeated()) {
      committed(uid, both.first());
      committed(otherUid, both.second());
    }
    return both;
  }

  /// Reads what an operation is about, in one call.
  public Holding read(Transaction transaction, Uid uid, Change change) {
    return read(transaction, uid, change.operation(), change.assets());
  }

  /// Reads what an operation is about, in one call. Two documents for each asset that is an item,
  /// one for each currency, and two more.
  public Holding read(
      Transaction transaction, Uid uid, OperationId operation, Collection<? extends Asset> assets) {
    return read(transaction, List.of(new Wanted(uid, operation, new LinkedHashSet<>(assets))))
        .getFirst();
  }

  /// Reads the holdings of several players in one call, in the order asked for.
  public List<Holding> read(Transaction transaction, List<Wanted> wanted) {
    var paths = new LinkedHashSet<String>();
    // In one order for everybody, so that two transfers between the same people wait for each other
    // at the first document.
    wanted.stream()
        .sorted(Comparator.comparing(Wanted::uid))
        .forEach(one -> {
          paths.add(HoldingDocument.head(one.uid()));
          paths.add(HoldingDocument.operation(one.uid(), one.operation()));
          for (Asset asset : one.assets()) {
            if (asset instanceof ItemId item) {
              paths.add(HoldingDocument.item(one.uid(), item));
            }
            paths.add(Catalogue.path(asset));
          }
        });
    Map<String, Document> found = transaction.getAll(paths);
    // As precise as it is kept, so that a repeated operation answers with the same.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return wanted.stream().map(one -> holding(one, found, now)).toList();
  }

  private static Holding holding(Wanted wanted, Map<String, Document> found, Instant now) {
    Uid uid = wanted.uid();
    Document headDocument = found.get(HoldingDocument.head(uid));
    Fields head = headDocument == null ? new Fields(Map.of()) : headDocument.fields();
    var amounts = new HashMap<Asset, Long>(HoldingDocument.currencies(head));
    var catalogue = new HashMap<Asset, Listed>();
    for (Asset asset : wanted.assets()) {
      if (asset instanceof ItemId item) {
        Document held = found.get(HoldingDocument.item(uid, item));
        amounts.put(item, held == null ? 0 : held.fields().number("count"));
      }
      Document listed = found.get(Catalogue.path(asset));
      if (listed != null) {
        catalogue.put(asset, Catalogue.parse(asset, listed));
      }
    }
    Document operation = found.get(HoldingDocument.operation(uid, wanted.operation()));
    return new Holding(
        uid,
        wanted.operation(),
        head.number("revision"),
        now,
        amounts,
        HoldingDocument.slots(head),
        catalogue,
        operation == null ? null : HoldingDocument.recorded(operation));
  }

  /// Adds the writes of an operation to the transaction: one for each item that changes, and two
  /// more. Nothing for an operation that was not done now.
  public void write(Transaction transaction, Outcome outcome) {
    if (!(outcome instanceof Outcome.Done(var receipt, var before, var after))) {
      return;
    }
    Uid uid = after.uid();
    for (ItemId item : touched(before, after)) {
      String path = HoldingDocument.item(uid, item);
      var fields = new HashMap<String, Object>();
      fields.put("equipped", after.isEquipped(item));
      fields.put("revision", after.revision());
      if (!after.amounts().containsKey(item)) {
        // It only gave up its slot and was not read; what is equipped is held.
        transaction.update(path, fields);
      } else if (after.held(item) == 0) {
        transaction.delete(path);
      } else {
        fields.put("item", item.value());
        fields.put("count", after.held(item));
        fields.put("updatedAt", after.now());
        transaction.set(path, fields);
      }
    }
    transaction.set(HoldingDocument.head(uid), HoldingDocument.headFields(after));
    var recorded = after.recorded();
    if (recorded != null) {
      transaction.create(
          HoldingDocument.operation(uid, after.operation()),
          HoldingDocument.historyFields(recorded.fingerprint(), receipt));
    }
  }

  private static Set<ItemId> touched(Holding before, Holding after) {
    var touched = new LinkedHashSet<ItemId>();
    for (Asset asset : after.amounts().keySet()) {
      if (asset instanceof ItemId item && before.held(item) != after.held(item)) {
        touched.add(item);
      }
    }
    var equipped = new HashSet<>(before.slots().values());
    equipped.addAll(after.slots().values());
    equipped.stream()
        .filter(item -> before.isEquipped(item) != after.isEquipped(item))
        .forEach(touched::add);
    return touched;
  }

  /// Lets the cache know, after the commit, that an inventory has moved on; also for an operation
  /// that was done before, since whoever did it may have died before saying so. Whoever forgets
  /// this shows the old inventory until the event of the write.
  public void committed(Uid uid, Outcome outcome) {
    switch (outcome) {
      case Outcome.Done(var receipt, var _, var _) -> inventories.moved(uid, receipt.revision());
      case Outcome.Repeated(var receipt) -> inventories.moved(uid, receipt.revision());
      case Outcome.Reused _, Outcome.Moved _, Outcome.Refused _ -> {}
    }
  }
}
