package dev.fireside.economy.domain;

/// Something that is counted: an item or a soft currency.
public sealed interface Asset permits ItemId, CurrencyCode {
  /// The most that anybody can hold of anything, and that one operation can move: whole numbers up
  /// to here survive JSON in every client.
  long AMOUNT_MAX = (1L << 53) - 1;

  /// The id of the item or the code of the currency.
  String value();

  /// The asset as one text, such as `item:sword`: unlike [#value] the same for no other asset.
  String key();
}
