package dev.fireside.economy.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HoldingTest {
  private static final ItemId POTION = new ItemId("potion");
  private static final ItemId SWORD = new ItemId("sword");
  private static final ItemId AXE = new ItemId("axe");
  private static final ItemId OLD = new ItemId("old");
  private static final CurrencyCode GOLD = new CurrencyCode("gold");
  private static final List<Asset> ASSETS = List.of(POTION, SWORD, AXE, OLD, GOLD);
  private static final Map<Asset, Listed> CATALOGUE =
      Map.of(
          POTION, item(POTION, 10, true, null, true, CatalogueStatus.ACTIVE),
          SWORD, item(SWORD, 2, false, "hand", true, CatalogueStatus.ACTIVE),
          AXE, item(AXE, 5, false, "hand", false, CatalogueStatus.ACTIVE),
          OLD, item(OLD, 5, true, null, false, CatalogueStatus.RETIRED),
          GOLD, new Currency(GOLD, "Gold", Asset.AMOUNT_MAX, true, CatalogueStatus.ACTIVE));

  private static Item item(
      ItemId id, long max, boolean consumable, String slot, boolean sent, CatalogueStatus status) {
    return new Item(id, id.value(), "thing", max, consumable, slot, sent, false, status);
  }

  private static Holding empty(String operation) {
    return holding(operation, 0, Map.of(), Map.of());
  }

  private static Holding holding(
      String operation, long revision, Map<Asset, Long> amounts, Map<String, ItemId> slots) {
    return new Holding(
        new Uid("ann"),
        new OperationId(operation),
        revision,
        Instant.EPOCH,
        amounts,
        slots,
        CATALOGUE,
        null);
  }

  private static Change change(String operation, Step... steps) {
    Change change = Change.of(new OperationId(operation), "test", "");
    for (Step step : steps) {
      change = change.and(step);
    }
    return change;
  }

  @Test
  void givesAndTakesAndCountsRevisions() {
    var outcome =
        empty("op").apply(change("op", new Step.Grant(POTION, 3), new Step.Take(POTION, 1)));

    var done = (Outcome.Done) outcome;
    assertThat(done.after().revision()).isOne();
    assertThat(done.after().held(POTION)).isEqualTo(2);
    assertThat(done.receipt().entry(POTION)).isEqualTo(new Receipt.Entry(POTION, 2, 2, 0));
  }

  @Test
  void doesAllStepsOrNone() {
    var outcome =
        empty("op").apply(change("op", new Step.Grant(POTION, 3), new Step.Take(SWORD, 1)));

    assertThat(outcome)
        .isEqualTo(new Outcome.Refused(new Refusal(Refusal.Reason.NOT_ENOUGH, SWORD, 0, 2)));
  }

  @Test
  void repeatsWhatItDidThenAndNoticesOtherContent() {
    Change change = change("op", new Step.Grant(POTION, 3));
    var done = (Outcome.Done) empty("op").apply(change);

    assertThat(done.after().apply(change)).isEqualTo(new Outcome.Repeated(done.receipt()));
    assertThat(done.after().apply(change.onlyAt(77L)))
        .isEqualTo(new Outcome.Repeated(done.receipt()));
    assertThat(done.after().apply(change("op", new Step.Grant(POTION, 4))))
        .isEqualTo(new Outcome.Reused(new OperationId("op")));
    assertThat(done.after().apply(change("op", new Step.Grant(new CurrencyCode("potion"), 3))))
        .isInstanceOf(Outcome.Reused.class);
    assertThatThrownBy(() -> done.after().apply(change("other")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatHasMovedOn() {
    var holding = holding("op", 7, Map.of(), Map.of());

    assertThat(holding.apply(change("op").onlyAt(6L))).isEqualTo(new Outcome.Moved(7));
    assertThat(holding.apply(change("op").onlyAt(7L))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void grantsUpToTheLimitAndDeliversBeyond() {
    var full = holding("op", 1, Map.of(SWORD, 2L, GOLD, Asset.AMOUNT_MAX - 1), Map.of());

    assertThat(reason(full.apply(change("op", new Step.Grant(SWORD, 1)))))
        .isEqualTo(Refusal.Reason.OVER_LIMIT);
    assertThat(reason(full.apply(change("op", new Step.Grant(SWORD, Asset.AMOUNT_MAX)))))
        .isEqualTo(Refusal.Reason.OVER_LIMIT);
    assertThat(reason(full.apply(change("op", new Step.Grant(OLD, 1)))))
        .isEqualTo(Refusal.Reason.RETIRED);
    assertThat(reason(full.apply(change("op", new Step.Deliver(new ItemId("none"), 1)))))
        .isEqualTo(Refusal.Reason.UNKNOWN);
    var done =
        (Outcome.Done)
            full.apply(
                change(
                    "op",
                    new Step.Deliver(SWORD, 3),
                    new Step.Deliver(OLD, 1),
                    new Step.Deliver(GOLD, 5)));
    assertThat(done.after().held(SWORD)).isEqualTo(5);
    assertThat(done.after().held(OLD)).isOne();
    assertThat(done.receipt().entry(GOLD))
        .isEqualTo(new Receipt.Entry(GOLD, 1, Asset.AMOUNT_MAX, 4));
  }

  @Test
  void takesBackWhatIsLeftAndTellsWhatIsMissing() {
    var some = holding("op", 1, Map.of(POTION, 2L), Map.of());
    var bundle = new Bundle(Map.of(POTION, 5L), Map.of(GOLD, 7L));

    var done =
        (Outcome.Done) some.apply(Change.of(new OperationId("op"), "t", "").takeUpTo(bundle));

    assertThat(done.receipt().entries())
        .containsExactly(new Receipt.Entry(POTION, -2, 0, 3), new Receipt.Entry(GOLD, 0, 0, 7));
  }

  @Test
  void equipsOneItemASlotAndTakesItOutWhenTheLastIsGone() {
    var armed = holding("op", 1, Map.of(SWORD, 1L, AXE, 1L, POTION, 1L), Map.of("hand", SWORD));

    var other = (Outcome.Done) armed.apply(change("op", new Step.Equip(AXE)));
    assertThat(other.after().slots()).isEqualTo(Map.of("hand", AXE));
    var sold = (Outcome.Done) armed.apply(change("op", new Step.Take(SWORD, 1)));
    assertThat(sold.after().slots()).isEmpty();
    var out = (Outcome.Done) armed.apply(change("op", new Step.Unequip(SWORD)));
    assertThat(out.after().slots()).isEmpty();
    assertThat(reason(armed.apply(change("op", new Step.Equip(POTION)))))
        .isEqualTo(Refusal.Reason.NOT_EQUIPPABLE);
    assertThat(reason(empty("op").apply(change("op", new Step.Equip(AXE)))))
        .isEqualTo(Refusal.Reason.NOT_ENOUGH);
  }

  @Test
  void consumesAndSendsOnlyWhatTheCatalogueAllows() {
    var some = holding("op", 1, Map.of(SWORD, 1L, AXE, 1L, POTION, 1L), Map.of());

    assertThat(reason(some.apply(change("op", new Step.Consume(SWORD, 1)))))
        .isEqualTo(Refusal.Reason.NOT_CONSUMABLE);
    assertThat(reason(some.apply(change("op", new Step.Consume(new ItemId("none"), 1)))))
        .isEqualTo(Refusal.Reason.UNKNOWN);
    assertThat(reason(some.apply(change("op", new Step.Send(AXE, 1)))))
        .isEqualTo(Refusal.Reason.NOT_TRANSFERABLE);
    assertThat(some.apply(change("op", new Step.Consume(POTION, 1))))
        .isInstanceOf(Outcome.Done.class);
    assertThat(some.apply(change("op", new Step.Send(SWORD, 1)))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void knowsNoAmountOutsideItsRange() {
    for (long amount : List.of(0L, -1L, Long.MIN_VALUE, 1L << 53, Long.MAX_VALUE)) {
      assertThatThrownBy(() -> new Step.Grant(POTION, amount))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /// A thousand random programs against a model of a few lines: amounts in a map, all or nothing.
  @Test
  void equalsASmallModel() {
    for (int seed = 0; seed < 1_000; seed++) {
      var random = new Random(seed);
      var model = new Model();
      Holding holding = empty("op0");
      for (int i = 0; i < 60; i++) {
        String operation = "op" + i;
        var steps = new ArrayList<Step>();
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
          steps.add(step(random));
        }
        Holding before = read(holding, operation);
        Outcome outcome = before.apply(change(operation, steps.toArray(Step[]::new)));
        boolean expected = model.run(steps);
        assertThat(outcome instanceof Outcome.Done)
            .as("seed %s step %s", seed, i)
            .isEqualTo(expected);
        if (outcome instanceof Outcome.Done(var _, var _, var after)) {
          holding = after;
        }
        for (Asset asset : ASSETS) {
          assertThat(holding.held(asset)).isEqualTo(model.amounts.getOrDefault(asset, 0L));
          assertThat(holding.held(asset)).isBetween(0L, Asset.AMOUNT_MAX);
        }
        assertThat(holding.slots()).isEqualTo(model.slots);
        assertThat(holding.revision()).isEqualTo(model.revision);
      }
    }
  }

  private static Holding read(Holding last, String operation) {
    return holding(operation, last.revision(), last.amounts(), last.slots());
  }

  private static Step step(Random random) {
    Asset asset = ASSETS.get(random.nextInt(ASSETS.size()));
    long amount = random.nextInt(20) == 0 ? Asset.AMOUNT_MAX : 1 + random.nextInt(4);
    return switch (random.nextInt(8)) {
      case 0, 1 -> new Step.Grant(asset, amount);
      case 2 -> new Step.Deliver(asset, amount);
      case 3 -> new Step.Take(asset, amount);
      case 4 -> new Step.TakeUpTo(asset, amount);
      case 5 ->
          asset instanceof ItemId || random.nextBoolean()
              ? new Step.Consume(asset, amount)
              : new Step.Send(asset, amount);
      case 6 -> new Step.Equip(random.nextBoolean() ? SWORD : AXE);
      default -> new Step.Unequip(random.nextBoolean() ? SWORD : AXE);
    };
  }

  private static final class Model {
    Map<Asset, Long> amounts = new HashMap<>();
    Map<String, ItemId> slots = new HashMap<>();
    long revision;

    boolean run(List<Step> steps) {
      var oldAmounts = new HashMap<>(amounts);
      var oldSlots = new HashMap<>(slots);
      for (Step step : steps) {
        if (!run(step)) {
          amounts = oldAmounts;
          slots = oldSlots;
          return false;
        }
      }
      revision++;
      return true;
    }

    private boolean run(Step step) {
      Asset asset = step.asset();
      long held = amounts.getOrDefault(asset, 0L);
      return switch (step) {
        case Step.Grant(var _, long n) ->
            !asset.equals(OLD) && held + n <= CATALOGUE.get(asset).max() && set(asset, held + n);
        case Step.Deliver(var _, long n) -> set(asset, Math.min(Asset.AMOUNT_MAX, held + n));
        case Step.Take(var _, long n) -> held >= n && set(asset, held - n);
        case Step.TakeUpTo(var _, long n) -> set(asset, Math.max(0, held - n));
        case Step.Consume(var _, long n) ->
            !List.of(SWORD, AXE).contains(asset) && held >= n && set(asset, held - n);
        case Step.Send(var _, long n) -> held >= n && set(asset, held - n);
        case Step.Equip(var item) -> held > 0 && equip(item);
        case Step.Unequip(var item) -> {
          slots.remove("hand", item);
          yield true;
        }
      };
    }

    private boolean equip(ItemId item) {
      slots.put("hand", item);
      return true;
    }

    private boolean set(Asset asset, long amount) {
      amounts.put(asset, amount);
      if (amount == 0) {
        slots.values().removeIf(asset::equals);
      }
      return true;
    }
  }

  private static Refusal.Reason reason(Outcome outcome) {
    return ((Outcome.Refused) outcome).refusal().reason();
  }
}
