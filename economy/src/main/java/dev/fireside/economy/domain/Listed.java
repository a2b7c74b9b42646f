package dev.fireside.economy.domain;

/// An entry of the catalogue.
public sealed interface Listed permits Item, Currency {
  /// What it describes.
  Asset asset();

  /// How much a player can gather by grants and transfers.
  long max();

  /// Whether players can hand it to each other.
  boolean transferable();

  /// Whether it is still given out.
  CatalogueStatus status();
}
