package dev.fireside.play.domain;

import java.util.Comparator;
import java.util.List;

/// What the players of a range of ranks are given when a period is settled.
///
/// @param from first rank, from 1
/// @param to last rank, at most [#RANK_MAX]
/// @param items things for the inventory
/// @param currencies money of the game
public record Reward(int from, int to, List<Item> items, List<Currency> currencies) {
  /// The last rank that can be rewarded.
  public static final int RANK_MAX = 10_000;

  /// So many of an item.
  ///
  /// @param item id of the item
  /// @param count how many
  public record Item(String item, long count) {}

  /// So much of a currency.
  ///
  /// @param code code of the currency
  /// @param amount how much, in its smallest unit
  public record Currency(String code, long amount) {}

  /// Throws [IllegalArgumentException] for a range that is none.
  public Reward {
    items = List.copyOf(items);
    currencies = List.copyOf(currencies);
    if (from < 1 || to < from || to > RANK_MAX) {
      throw new IllegalArgumentException("Not a range of ranks: " + from + " to " + to);
    }
  }

  /// Whether no rank is in two of the ranges.
  public static boolean areApart(List<Reward> rewards) {
    List<Reward> sorted = rewards.stream().sorted(Comparator.comparingInt(Reward::from)).toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i).from() <= sorted.get(i - 1).to()) {
        return false;
      }
    }
    return true;
  }
}
