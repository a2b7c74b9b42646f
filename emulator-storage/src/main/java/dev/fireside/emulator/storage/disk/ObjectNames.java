package dev.fireside.emulator.storage.disk;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;

/// Names of objects: what can be one, and their order.
public final class ObjectNames {
  private static final int BYTES_MAX = 1_024;

  /// As UTF-8 is ordered; UTF-16 puts some characters elsewhere.
  public static final Comparator<String> ORDER =
      (one, other) -> {
        int at = 0;
        while (at < one.length() && at < other.length()) {
          int left = one.codePointAt(at);
          int right = other.codePointAt(at);
          if (left != right) {
            return Integer.compare(left, right);
          }
          at += Character.charCount(left);
        }
        return Integer.compare(one.length(), other.length());
      };

  private ObjectNames() {}

  /// Throws a 400 [Refusal] for what can be no name.
  public static String check(String name) {
    int bytes = name.getBytes(StandardCharsets.UTF_8).length;
    boolean lines = name.indexOf('\n') >= 0 || name.indexOf('\r') >= 0;
    if (bytes == 0 || bytes > BYTES_MAX || lines || name.equals(".") || name.equals("..")) {
      throw Refusal.invalid(
          "An object's name is 1 to 1024 bytes of UTF-8 without line breaks, and not . or ..");
    }
    return name;
  }
}
