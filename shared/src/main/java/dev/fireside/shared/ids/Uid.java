package dev.fireside.shared.ids;

import java.util.regex.Pattern;

/// A person's Firebase user id.
///
/// Firebase allows any text for ids minted by custom tokens; Fireside takes letters, digits, `_`
/// and `-` only, so that ids can be joined with `:` in document names and Redis members. Names like
/// `__x__` Firestore keeps for itself.
public record Uid(String value) implements Comparable<Uid> {
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{1,128}");

  /// Throws [IllegalArgumentException] for a text that [#isValid] refuses.
  public Uid {
    if (!isValid(value)) {
      throw new IllegalArgumentException("Not a user id");
    }
  }

  /// Whether `text` can be a user id: 1 to 128 letters, digits, `_` or `-`, and not `__…__`.
  public static boolean isValid(String text) {
    return FORM.matcher(text).matches() && !(text.startsWith("__") && text.endsWith("__"));
  }

  /// The name of a document or member about two people, in this order.
  public String with(Uid other) {
    return value + ":" + other.value;
  }

  @Override
  public int compareTo(Uid other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
