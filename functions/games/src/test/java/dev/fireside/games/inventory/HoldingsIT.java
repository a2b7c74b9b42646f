package dev.fireside.games.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Holding;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.domain.Receipt;
import dev.fireside.economy.domain.Step;
import dev.fireside.economy.store.Holdings;
import dev.fireside.economy.store.Inventories;
import dev.fireside.economy.store.Inventory;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.games.Bazaar;
import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is written and read again, against the rules alone.
class HoldingsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final Uid ANN = new Uid("ann");
  private static final ItemId POTION = new ItemId("potion");
  private static final ItemId SWORD = new ItemId("sword");
  private static final ItemId AXE = new ItemId("axe");
  private static final CurrencyCode GOLD = new CurrencyCode("gold");
  private static final List<Asset> ASSETS = List.of(POTION, SWORD, AXE, GOLD);

  private final Bazaar bazaar = new Bazaar(fireside);
  private final Map<Asset, Long> amounts = new HashMap<>();
  private Map<String, ItemId> slots = Map.of();
  private long revision;

  @Test
  void keepsWhatTheRulesSayInAnyProgram() {
    bazaar.stock();
    var holdings = new Holdings(fireside.platform());
    var inventories = new Inventories(fireside.platform());
    var random = new Random(7);
    var done = new ArrayList<Change>();
    var receipts = new ArrayList<Receipt>();
    for (int i = 0; i < 120; i++) {
      Change change = change(random, "op" + i);
      Outcome outcome = holdings.run(ANN, change);
      switch (outcome) {
        case Outcome.Done(var receipt, var before, var after) -> {
          assertThat(before.revision()).isEqualTo(revision);
          follow(after);
          done.add(change);
          receipts.add(receipt);
        }
        case Outcome.Refused _ -> {}
        case Outcome.Repeated _, Outcome.Reused _, Outcome.Moved _ ->
            throw new AssertionError(outcome);
      }
      assertThat(inventories.get(ANN)).as("step %s", i).isEqualTo(expected());
      if (i % 20 == 10) {
        fireside.flushRedis();
        int again = random.nextInt(done.size());
        assertThat(holdings.run(ANN, done.get(again)))
            .isEqualTo(new Outcome.Repeated(receipts.get(again)));
      }
    }
    assertThat(inventories.history(ANN, null, 1_000)).isEqualTo(receipts.reversed());
    fireside.settle();
    assertThat(inventories.get(ANN)).isEqualTo(expected());
  }

  private void follow(Holding after) {
    for (Asset asset : ASSETS) {
      if (after.amounts().containsKey(asset) || asset instanceof CurrencyCode) {
        amounts.put(asset, after.held(asset));
      }
    }
    slots = after.slots();
    revision = after.revision();
  }

  private Inventory expected() {
    var items = new ArrayList<Inventory.Held>();
    for (ItemId item : List.of(AXE, POTION, SWORD)) {
      long count = amounts.getOrDefault(item, 0L);
      if (count > 0) {
        items.add(new Inventory.Held(item.value(), count, slots.containsValue(item)));
      }
    }
    long gold = amounts.getOrDefault(GOLD, 0L);
    var worn = new HashMap<String, String>();
    slots.forEach((slot, item) -> worn.put(slot, item.value()));
    return new Inventory(revision, items, gold == 0 ? Map.of() : Map.of("gold", gold), worn);
  }

  private static Change change(Random random, String operation) {
    Change change = Change.of(new OperationId(operation), "test", "");
    for (int n = 1 + random.nextInt(2); n > 0; n--) {
      Asset asset = ASSETS.get(random.nextInt(ASSETS.size()));
      long amount = 1L + random.nextInt(3);
      change =
          change.and(
              switch (random.nextInt(6)) {
                case 0 -> new Step.Grant(asset, amount);
                case 1 -> new Step.Deliver(asset, amount);
                case 2 -> new Step.TakeUpTo(asset, amount);
                case 3 -> new Step.Take(asset, amount);
                case 4 -> new Step.Equip(random.nextBoolean() ? SWORD : AXE);
                default -> new Step.Unequip(random.nextBoolean() ? SWORD : AXE);
              });
    }
    return change;
  }
}
