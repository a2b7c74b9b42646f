package dev.fireside.economy.domain;

/// Why an operation cannot be done.
///
/// @param reason the kind of refusal
/// @param asset what it is about
/// @param held what the player holds of it
/// @param limit the most they can hold of it by grants; 0 where it is not in the catalogue
public record Refusal(Reason reason, Asset asset, long held, long limit) {
  /// The kinds of refusal.
  public enum Reason {
    /// It is not in the catalogue.
    UNKNOWN,
    /// It is not given out any more.
    RETIRED,
    NOT_ENOUGH,
    /// It would go beyond the limit of the catalogue.
    OVER_LIMIT,
    NOT_CONSUMABLE,
    NOT_EQUIPPABLE,
    NOT_TRANSFERABLE
  }
}
