package dev.fireside.economy.store;

import java.util.List;
import java.util.Map;

/// A whole inventory as its owner sees it.
///
/// @param revision grows by one with every operation; 0 before the first
/// @param items what is held, by item id
/// @param currencies balances by code; those of 0 are left out
/// @param slots what is equipped, by slot
public record Inventory(
    long revision, List<Held> items, Map<String, Long> currencies, Map<String, String> slots) {
  public Inventory {
    items = List.copyOf(items);
    currencies = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(currencies));
    slots = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(slots));
  }

  /// An item that is held.
  ///
  /// @param count at least 1
  public record Held(String item, long count, boolean equipped) {}
}
