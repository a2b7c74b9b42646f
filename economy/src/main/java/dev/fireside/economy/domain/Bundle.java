package dev.fireside.economy.domain;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// Amounts of several assets, such as a reward or what a purchase brings.
///
/// @param items by item; each from 1 to [Asset#AMOUNT_MAX]
/// @param currencies by currency; each from 1 to [Asset#AMOUNT_MAX]
public record Bundle(Map<ItemId, Long> items, Map<CurrencyCode, Long> currencies) {
  /// Nothing.
  public static final Bundle EMPTY = new Bundle(Map.of(), Map.of());

  /// Assets of one bundle, at most.
  public static final int ASSETS_MAX = 50;

  public Bundle {
    items = sorted(items);
    currencies = sorted(currencies);
    if (items.size() + currencies.size() > ASSETS_MAX) {
      throw new IllegalArgumentException("A bundle has at most " + ASSETS_MAX + " assets");
    }
  }

  private static <A extends Asset> Map<A, Long> sorted(Map<A, Long> amounts) {
    var sorted = new TreeMap<A, Long>(java.util.Comparator.comparing(Asset::key));
    amounts.forEach((asset, amount) -> sorted.put(asset, Step.checked(amount)));
    return Collections.unmodifiableMap(sorted);
  }

  /// Whether there is nothing in it.
  public boolean isEmpty() {
    return items.isEmpty() && currencies.isEmpty();
  }

  /// All amounts, items first.
  public Map<Asset, Long> amounts() {
    var all = new java.util.LinkedHashMap<Asset, Long>(items);
    all.putAll(currencies);
    return Collections.unmodifiableMap(all);
  }
}
