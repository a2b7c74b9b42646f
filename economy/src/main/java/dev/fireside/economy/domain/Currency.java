package dev.fireside.economy.domain;

/// A soft currency as the catalogue describes it.
///
/// @param title for people
/// @param max balance up to which grants and transfers go
/// @param transferable whether players can hand it to each other
public record Currency(
    CurrencyCode code, String title, long max, boolean transferable, CatalogueStatus status)
    implements Listed {
  public Currency {
    if (max < 1 || max > Asset.AMOUNT_MAX) {
      throw new IllegalArgumentException("max is out of range");
    }
  }

  @Override
  public CurrencyCode asset() {
    return code;
  }
}
