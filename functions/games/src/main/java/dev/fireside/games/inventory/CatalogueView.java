package dev.fireside.games.inventory;

import dev.fireside.economy.domain.Currency;
import dev.fireside.economy.domain.Item;
import dev.fireside.economy.domain.Listed;
import dev.fireside.shared.json.WireNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The catalogue as everybody sees it.
public record CatalogueView(List<ItemView> items, List<CurrencyView> currencies) {
  public CatalogueView {
    items = List.copyOf(items);
    currencies = List.copyOf(currencies);
  }

  /// An item.
  public record ItemView(
      String item,
      String title,
      String kind,
      long stackMax,
      boolean consumable,
      @Nullable String equipSlot,
      boolean transferable,
      boolean hot,
      String status) {
    /// The view of an entry.
    public static ItemView of(Item item) {
      return new ItemView(
          item.id().value(),
          item.title(),
          item.kind(),
          item.stackMax(),
          item.consumable(),
          item.equipSlot(),
          item.transferable(),
          item.hot(),
          statusOf(item));
    }
  }

  /// A currency.
  public record CurrencyView(
      String code, String title, long max, boolean transferable, String status) {
    static CurrencyView of(Currency currency) {
      return new CurrencyView(
          currency.code().value(),
          currency.title(),
          currency.max(),
          currency.transferable(),
          statusOf(currency));
    }
  }

  private static String statusOf(Listed entry) {
    return WireNames.of(entry.status());
  }
}
