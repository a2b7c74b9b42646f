package dev.fireside.economy.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a player holds of the assets that an operation is about, as one transaction read it.
///
/// @param uid whose
/// @param operation the operation it was read for
/// @param revision of the inventory: 0 before its first operation, then one more with each
/// @param now when it was read
/// @param amounts held, by asset; what is not there is 0. All currencies, but only the items that
///   were read
/// @param slots what is equipped, by slot
/// @param catalogue entries of the assets that were read, as far as there are any
/// @param recorded what the operation did before; null when it has not been done
public record Holding(
    Uid uid,
    OperationId operation,
    long revision,
    Instant now,
    Map<Asset, Long> amounts,
    Map<String, ItemId> slots,
    Map<Asset, Listed> catalogue,
    @Nullable Recorded recorded) {
  public Holding {
    amounts = Map.copyOf(amounts);
    slots = Map.copyOf(slots);
    catalogue = Map.copyOf(catalogue);
  }

  /// An operation of the history.
  ///
  /// @param fingerprint of what it asked for
  public record Recorded(String fingerprint, Receipt receipt) {
    /// What comes of the operation where it is asked for again.
    public Outcome outcomeOf(Change change) {
      return fingerprint.equals(change.fingerprint())
          ? new Outcome.Repeated(receipt)
          : new Outcome.Reused(change.operation());
    }
  }

  /// How much is held of an asset that was read.
  public long held(Asset asset) {
    return amounts.getOrDefault(asset, 0L);
  }

  /// Whether an item is in a slot.
  public boolean isEquipped(ItemId item) {
    return slots.containsValue(item);
  }

  /// What comes of an operation. Changes nothing itself.
  public Outcome apply(Change change) {
    if (!change.operation().equals(operation)) {
      throw new IllegalArgumentException("The holding was read for another operation");
    }
    if (recorded != null) {
      return recorded.outcomeOf(change);
    }
    if (change.ifRevision() != null && change.ifRevision() != revision) {
      return new Outcome.Moved(revision);
    }
    var work = new Work();
    for (Step step : change.steps()) {
      Refusal refusal = work.perform(step);
      if (refusal != null) {
        return new Outcome.Refused(refusal);
      }
    }
    return work.done(change);
  }

  /// The state between two steps.
  private final class Work {
    private final Map<Asset, Long> amounts = new LinkedHashMap<>(Holding.this.amounts);
    private final Map<Asset, Long> missing = new LinkedHashMap<>();
    private final Map<String, ItemId> slots = new LinkedHashMap<>(Holding.this.slots);

    @Nullable Refusal perform(Step step) {
      return switch (step) {
        case Step.Grant(var asset, long amount) -> grant(asset, amount);
        case Step.Deliver(var asset, long amount) -> deliver(asset, amount);
        case Step.Take(var asset, long amount) -> take(asset, amount);
        case Step.TakeUpTo(var asset, long amount) -> takeUpTo(asset, amount);
        case Step.Consume(var asset, long amount) -> consume(asset, amount);
        case Step.Send(var asset, long amount) -> send(asset, amount);
        case Step.Equip(var item) -> equip(item);
        case Step.Unequip(var item) -> unequip(item);
      };
    }

    private @Nullable Refusal grant(Asset asset, long amount) {
      Listed listed = catalogue.get(asset);
      if (listed == null) {
        return refusal(Refusal.Reason.UNKNOWN, asset);
      }
      if (listed.status() == CatalogueStatus.RETIRED) {
        return refusal(Refusal.Reason.RETIRED, asset);
      }
      // Both are below 2^53: the sum cannot overflow.
      if (held(asset) + amount > listed.max()) {
        return refusal(Refusal.Reason.OVER_LIMIT, asset);
      }
      amounts.put(asset, held(asset) + amount);
      return null;
    }

    private @Nullable Refusal deliver(Asset asset, long amount) {
      if (!catalogue.containsKey(asset)) {
        return refusal(Refusal.Reason.UNKNOWN, asset);
      }
      long fits = Math.min(amount, Asset.AMOUNT_MAX - held(asset));
      amounts.put(asset, held(asset) + fits);
      lacks(asset, amount - fits);
      return null;
    }

    private @Nullable Refusal take(Asset asset, long amount) {
      if (held(asset) < amount) {
        return refusal(Refusal.Reason.NOT_ENOUGH, asset);
      }
      amounts.put(asset, held(asset) - amount);
      if (held(asset) == 0 && asset instanceof ItemId item) {
        slots.values().remove(item);
      }
      return null;
    }

    private @Nullable Refusal takeUpTo(Asset asset, long amount) {
      if (held(asset) == 0 && !catalogue.containsKey(asset)) {
        return refusal(Refusal.Reason.UNKNOWN, asset);
      }
      long left = Math.min(amount, held(asset));
      lacks(asset, amount - left);
      return left == 0 ? null : take(asset, left);
    }

    private @Nullable Refusal consume(Asset asset, long amount) {
      return switch (catalogue.get(asset)) {
        case null -> refusal(Refusal.Reason.UNKNOWN, asset);
        case Item listed when !listed.consumable() -> refusal(Refusal.Reason.NOT_CONSUMABLE, asset);
        case Item _, Currency _ -> take(asset, amount);
      };
    }

    private @Nullable Refusal send(Asset asset, long amount) {
      Listed listed = catalogue.get(asset);
      if (listed == null) {
        return refusal(Refusal.Reason.UNKNOWN, asset);
      }
      return listed.transferable()
          ? take(asset, amount)
          : refusal(Refusal.Reason.NOT_TRANSFERABLE, asset);
    }

    private @Nullable Refusal equip(ItemId item) {
      if (!(catalogue.get(item) instanceof Item listed)) {
        return refusal(Refusal.Reason.UNKNOWN, item);
      }
      if (listed.equipSlot() == null) {
        return refusal(Refusal.Reason.NOT_EQUIPPABLE, item);
      }
      if (held(item) == 0) {
        return refusal(Refusal.Reason.NOT_ENOUGH, item);
      }
      // The catalogue may have moved it to another slot since it was put where it is.
      slots.values().remove(item);
      slots.put(listed.equipSlot(), item);
      return null;
    }

    private @Nullable Refusal unequip(ItemId item) {
      if (!catalogue.containsKey(item)) {
        return refusal(Refusal.Reason.UNKNOWN, item);
      }
      slots.values().remove(item);
      return null;
    }

    private long held(Asset asset) {
      return amounts.getOrDefault(asset, 0L);
    }

    private void lacks(Asset asset, long amount) {
      if (amount > 0) {
        missing.merge(asset, amount, (a, b) -> Math.min(Asset.AMOUNT_MAX, a + b));
      }
    }

    private Refusal refusal(Refusal.Reason reason, Asset asset) {
      Listed listed = catalogue.get(asset);
      return new Refusal(reason, asset, held(asset), listed == null ? 0 : listed.max());
    }

    private Outcome.Done done(Change change) {
      List<Receipt.Entry> entries = new ArrayList<>();
      for (Asset asset : change.assets()) {
        long after = held(asset);
        entries.add(
            new Receipt.Entry(
                asset, after - Holding.this.held(asset), after, missing.getOrDefault(asset, 0L)));
      }
      var receipt =
          new Receipt(
              operation, change.kind(), change.reference(), revision + 1, now, entries, slots);
      var after =
          new Holding(
              uid,
              operation,
              revision + 1,
              now,
              amounts,
              slots,
              catalogue,
              new Recorded(change.fingerprint(), receipt));
      return new Outcome.Done(receipt, Holding.this, after);
    }
  }
}
