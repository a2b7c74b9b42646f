package dev.fireside.games.inventory;

import dev.fireside.economy.domain.Change;
import dev.fireside.economy.store.Holdings;
import dev.fireside.games.inventory.Refusals.Effect;
import dev.fireside.shared.ids.Uid;

/// Does one operation on one inventory.
final class ChangeInventory {
  private final Holdings holdings;

  ChangeInventory(Holdings holdings) {
    this.holdings = holdings;
  }

  /// Throws the problem of an operation that cannot be done.
  Effect change(Uid uid, Change change) {
    return Refusals.effect(holdings.run(uid, change));
  }
}
