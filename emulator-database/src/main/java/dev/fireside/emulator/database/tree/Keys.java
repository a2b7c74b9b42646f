package dev.fireside.emulator.database.tree;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.OptionalInt;

/// The keys of children: which are allowed, and how they are ordered.
public final class Keys {
  /// The longest key, in bytes of UTF-8.
  public static final int BYTES_MAX = 768;

  /// The key of a node's priority, where it is written as if it were a child.
  public static final String PRIORITY = ".priority";

  /// Stands before and after every key, in the bounds of queries.
  public static final String MIN = "[MIN_NAME]";

  public static final String MAX = "[MAX_NAME]";

  /// Keys that are 32-bit integers come first, by number; all others follow, by UTF-16 code units.
  public static final Comparator<String> ORDER = Keys::compare;

  private static final String FORBIDDEN = ".$#[]/";
  private static final int DIGITS_MAX = 10;

  private Keys() {}

  /// Refuses a key that no child may have.
  public static String check(String key) {
    if (key.isEmpty()) {
      throw new InvalidDataException("Keys must not be empty");
    }
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (c < ' ' || c == 0x7f || FORBIDDEN.indexOf(c) >= 0) {
        throw new InvalidDataException(
            "The key \"%s\" must not contain . $ # [ ] / or control characters"
                .formatted(abridged(key)));
      }
    }
    if (key.length() * 3L > BYTES_MAX && key.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
      throw new InvalidDataException(
          "The key \"%s\" is longer than %d bytes".formatted(abridged(key), BYTES_MAX));
    }
    return Text.check(key);
  }

  private static String abridged(String key) {
    String start = key.length() <= 60 ? key : key.substring(0, 60) + "…";
    return start.replaceAll("\\p{Cntrl}", "�");
  }

  private static int compare(String a, String b) {
    if (a.equals(b)) {
      return 0;
    }
    if (a.equals(MIN) || b.equals(MAX)) {
      return -1;
    }
    if (b.equals(MIN) || a.equals(MAX)) {
      return 1;
    }
    OptionalInt x = integer(a);
    OptionalInt y = integer(b);
    if (x.isEmpty() || y.isEmpty()) {
      return x.isPresent() ? -1 : y.isPresent() ? 1 : a.compareTo(b);
    }
    int order = Integer.compare(x.getAsInt(), y.getAsInt());
    order = order == 0 ? Integer.compare(a.length(), b.length()) : order;
    return order == 0 ? a.compareTo(b) : order;
  }

  /// What a key is as a 32-bit integer; leading zeros are allowed, as the SDKs allow them.
  static OptionalInt integer(String key) {
    int start = key.startsWith("-") ? 1 : 0;
    int first = start;
    while (first < key.length() - 1 && key.charAt(first) == '0') {
      first++;
    }
    int digits = key.length() - first;
    if (digits == 0 || digits > DIGITS_MAX) {
      return OptionalInt.empty();
    }
    long value = 0;
    for (int i = first; i < key.length(); i++) {
      int digit = key.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return OptionalInt.empty();
      }
      value = value * 10 + digit;
    }
    value = start == 1 ? -value : value;
    return value == (int) value ? OptionalInt.of((int) value) : OptionalInt.empty();
  }

  /// The place in an array that a key stands for, or -1.
  static int arrayIndex(String key) {
    OptionalInt index = integer(key);
    return index.isPresent() && key.equals(Integer.toString(index.getAsInt()))
        ? Math.max(index.getAsInt(), -1)
        : -1;
  }
}
