package dev.fireside.ledger.domain;

import java.util.regex.Pattern;

/// What an account counts: an ISO 4217 currency, or the units of an item or virtual currency.
///
/// @param code `EUR`, `item:sword`, `coin:GEM` or `memo:journal`
public record Asset(String code) {
  private static final Pattern UNIT =
      Pattern.compile(
          "item:[a-z0-9][a-z0-9_-]{0,63}|coin:[A-Za-z0-9][A-Za-z0-9_-]{0,31}|memo:journal");

  /// Journals that move nothing else.
  public static final Asset MEMO = new Asset("memo:journal");

  public Asset {
    if (!UNIT.matcher(code).matches()) {
      Money.exponentOf(code);
    }
  }

  /// The asset that units of an inventory entry are.
  public static Asset unit(boolean currency, String id) {
    return new Asset((currency ? "coin:" : "item:") + id);
  }

  /// Whether it is counted in units, not money.
  public boolean isUnit() {
    return code.indexOf(':') > 0;
  }

  /// Whether it is a virtual currency.
  public boolean isCoin() {
    return code.startsWith("coin:");
  }

  /// The id of the inventory entry that holds such units.
  public String unitId() {
    return code.substring(code.indexOf(':') + 1);
  }

  /// Decimals of the asset.
  public int exponent() {
    return isUnit() ? 0 : Money.exponentOf(code);
  }

  @Override
  public String toString() {
    return code;
  }
}
