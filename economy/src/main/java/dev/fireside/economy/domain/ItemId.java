package dev.fireside.economy.domain;

import java.util.regex.Pattern;

/// The id of an item in the catalogue: 1 to 64 lower-case letters, digits, `-` and `_`, the first
/// one a letter or digit.
public record ItemId(String value) implements Asset {
  private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  /// Throws [IllegalArgumentException] for a text that [#isValid] refuses.
  public ItemId {
    if (!isValid(value)) {
      throw new IllegalArgumentException("Not an item id");
    }
  }

  /// Whether `text` can be the id of an item.
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches();
  }

  @Override
  public String key() {
    return "item:" + value;
  }

  @Override
  public String toString() {
    return value;
  }
}
