package dev.fireside.economy.domain;

import org.jspecify.annotations.Nullable;

/// An item as the catalogue describes it.
///
/// @param title for people
/// @param kind what sort of thing, in the game's own words, such as `weapon`
/// @param stackMax how many a player can gather by grants and transfers
/// @param consumable whether players can use it up
/// @param equipSlot the place it is worn in; null where it cannot be equipped
/// @param transferable whether players can hand it to each other
/// @param hot whether it is shown among the hot items
public record Item(
    ItemId id,
    String title,
    String kind,
    long stackMax,
    boolean consumable,
    @Nullable String equipSlot,
    boolean transferable,
    boolean hot,
    CatalogueStatus status)
    implements Listed {
  public Item {
    if (stackMax < 1 || stackMax > Asset.AMOUNT_MAX) {
      throw new IllegalArgumentException("stackMax is out of range");
    }
  }

  @Override
  public ItemId asset() {
    return id;
  }

  @Override
  public long max() {
    return stackMax;
  }
}
