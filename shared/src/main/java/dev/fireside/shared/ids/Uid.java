package dev.fireside.shared.ids;

/// A person's Firebase user id.
///
/// Firebase allows any text for ids minted by custom tokens; Fireside takes letters, digits, `_`
/// and `-` only, so that ids can be joined with `:` in document names and Redis members, and none
/// that begins with `__`: names like `__x__` Firestore keeps for itself, and `__a:b__` is one too.
public record Uid(String value) implements Comparable<Uid> {
  private static final int LENGTH_MAX = 128;

  /// Throws [IllegalArgumentException] for a text that [#isValid] refuses.
  public Uid {
    if (!isValid(value)) {
      throw new IllegalArgumentException("Not a user id");
    }
  }

  /// Whether `text` can be a user id: 1 to 128 letters, digits, `_` or `-`, and not `__` first.
  public static boolean isValid(String text) {
    // By hand, not by a pattern: every row of every page passes here.
    if (text.isEmpty() || text.length() > LENGTH_MAX) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        return false;
      }
    }
    return !text.startsWith("__");
  }

  private static boolean isAllowed(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '-';
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
