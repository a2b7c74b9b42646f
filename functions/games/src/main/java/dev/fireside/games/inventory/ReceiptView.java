package dev.fireside.games.inventory;

import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.Receipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An operation on an inventory, as its owner sees it.
///
/// @param revision of the inventory that it left behind
/// @param kind what it was
/// @param reference what it was about; null where there is nothing to say
/// @param at when
/// @param items what happened to items
/// @param currencies what happened to currencies
/// @param slots what was equipped afterwards, by slot
public record ReceiptView(
    long revision,
    String kind,
    @Nullable String reference,
    Instant at,
    List<ItemChange> items,
    List<CurrencyChange> currencies,
    Map<String, String> slots) {
  /// What happened to an item.
  ///
  /// @param delta given (positive) or taken (negative)
  /// @param count held afterwards
  /// @param missing what could not be delivered or taken back; null where nothing is
  record ItemChange(String item, long delta, long count, @Nullable Long missing) {}

  /// What happened to a currency.
  ///
  /// @param delta given (positive) or taken (negative)
  /// @param amount held afterwards
  /// @param missing what could not be delivered or taken back; null where nothing is
  record CurrencyChange(String code, long delta, long amount, @Nullable Long missing) {}

  /// The view of an entry of the history.
  public static ReceiptView of(Receipt receipt) {
    var items = new ArrayList<ItemChange>();
    var currencies = new ArrayList<CurrencyChange>();
    for (Receipt.Entry entry : receipt.entries()) {
      Long missing = entry.missing() == 0 ? null : entry.missing();
      switch (entry.asset()) {
        case ItemId(String id) ->
            items.add(new ItemChange(id, entry.delta(), entry.after(), missing));
        case CurrencyCode(String code) ->
            currencies.add(new CurrencyChange(code, entry.delta(), entry.after(), missing));
      }
    }
    var slots = new TreeMap<String, String>();
    receipt.slots().forEach((slot, item) -> slots.put(slot, item.value()));
    return new ReceiptView(
        receipt.revision(),
        receipt.kind(),
        receipt.reference().isEmpty() ? null : receipt.reference(),
        receipt.at(),
        items,
        currencies,
        slots);
  }
}
