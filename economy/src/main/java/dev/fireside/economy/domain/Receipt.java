package dev.fireside.economy.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What an operation did: an entry of the history.
///
/// @param operation its id
/// @param kind what it was
/// @param reference what it was about
/// @param revision of the inventory that it left behind
/// @param at when
/// @param entries what it changed, one for each asset that it touched
/// @param slots what was equipped afterwards, by slot
public record Receipt(
    OperationId operation,
    String kind,
    String reference,
    long revision,
    Instant at,
    List<Entry> entries,
    Map<String, ItemId> slots) {
  public Receipt {
    entries = List.copyOf(entries);
    slots = Map.copyOf(slots);
  }

  /// What happened to one asset.
  ///
  /// @param delta what was given (positive) or taken (negative)
  /// @param after what the player held then
  /// @param missing what could not be taken back, or not be delivered
  public record Entry(Asset asset, long delta, long after, long missing) {}

  /// What happened to an asset; all zero for one that the operation did not touch.
  public Entry entry(Asset asset) {
    return entries.stream()
        .filter(entry -> entry.asset().equals(asset))
        .findFirst()
        .orElse(new Entry(asset, 0, 0, 0));
  }
}
