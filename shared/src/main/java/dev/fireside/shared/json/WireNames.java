package dev.fireside.shared.json;

import java.util.Locale;

/// Constants as JSON and documents name them.
public final class WireNames {
  private WireNames() {}

  /// The name of a constant: `NOT_THE_SUM` is `not-the-sum`.
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
