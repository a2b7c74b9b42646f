package dev.fireside.economy.domain;

import java.util.regex.Pattern;

/// The code of a soft currency: 1 to 32 letters, digits, `-` and `_`, the first one a letter or
/// digit; upper and lower case are different.
public record CurrencyCode(String value) implements Asset {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

  /// Throws [IllegalArgumentException] for a text that [#isValid] refuses.
  public CurrencyCode {
    if (!isValid(value)) {
      throw new IllegalArgumentException("Not a currency code");
    }
  }

  /// Whether `text` can be the code of a currency.
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String key() {
    return "currency:" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
