package dev.fireside.shared.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps inside documents.
public final class Maps {
  private Maps() {}

  /// Puts a value that is there; leaves the field out where it is not.
  public static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}
