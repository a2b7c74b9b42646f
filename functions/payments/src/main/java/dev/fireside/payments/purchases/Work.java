package dev.fireside.payments.purchases;

import dev.fireside.ledger.Act;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one delivery, decision or repair brings.
///
/// @param delivery the delivery to claim; null for work of our own
/// @param facts new facts, by purchase; a purchase without new facts is settled again
/// @param aliases customer ids whose person is stated
/// @param transfer purchases that change hands; null for none
/// @param cases doubts to put into the review queue
/// @param acts what else takes effect
public record Work(
    @Nullable Delivery delivery,
    Map<PurchaseKey, List<Fact>> facts,
    Map<String, Uid> aliases,
    @Nullable Transfer transfer,
    List<ReviewCase> cases,
    List<Act> acts) {

  /// All purchases of a store go from some customers to another.
  ///
  /// @param store a store's name, or [Customer.Transfer#ANY_STORE]
  public record Transfer(
      String event, long at, String store, Book book, List<String> from, String to) {
    public Transfer {
      from = List.copyOf(from);
    }
  }

  public Work {
    facts = Map.copyOf(facts);
    aliases = Map.copyOf(aliases);
    cases = List.copyOf(cases);
    acts = List.copyOf(acts);
  }

  /// Nothing.
  public static final Work NOTHING = new Work(null, Map.of(), Map.of(), null, List.of(), List.of());

  /// Facts about one purchase.
  public static Work of(PurchaseKey key, List<Fact> facts) {
    return NOTHING.with(key, facts);
  }

  /// A purchase to be settled again.
  public static Work again(PurchaseKey key) {
    return of(key, List.of());
  }

  /// An act alone.
  public static Work of(Act act) {
    return NOTHING.with(act);
  }

  /// This, as a provider delivered it: the delivery is claimed with its effect.
  public Work deliveredBy(Delivery claim) {
    return new Work(claim, facts, aliases, transfer, cases, acts);
  }

  /// This and facts about a purchase.
  public Work with(PurchaseKey key, List<Fact> more) {
    var all = new HashMap<>(facts);
    var both = new ArrayList<Fact>(facts.getOrDefault(key, List.of()));
    both.addAll(more);
    all.put(key, List.copyOf(both));
    return new Work(delivery, all, aliases, transfer, cases, acts);
  }

  /// This, knowing also which persons customer ids stand for.
  public Work withAliases(Map<String, Uid> known) {
    var all = new HashMap<>(aliases);
    all.putAll(known);
    return new Work(delivery, facts, all, transfer, cases, acts);
  }

  /// This and purchases that change hands.
  public Work with(Transfer change) {
    return new Work(delivery, facts, aliases, change, cases, acts);
  }

  /// This and what else an event asks for that names no customers.
  public Work and(Work other) {
    Work both = this;
    for (Act act : other.acts) {
      both = both.with(act);
    }
    for (ReviewCase doubt : other.cases) {
      both = both.with(doubt);
    }
    for (var more : other.facts.entrySet()) {
      both = both.with(more.getKey(), more.getValue());
    }
    return both;
  }

  /// This and a case to open.
  public Work with(ReviewCase doubt) {
    var all = new ArrayList<>(cases);
    all.add(doubt);
    return new Work(delivery, facts, aliases, transfer, all, acts);
  }

  /// This and an act.
  public Work with(Act act) {
    var all = new ArrayList<>(acts);
    all.add(act);
    return new Work(delivery, facts, aliases, transfer, cases, all);
  }
}
