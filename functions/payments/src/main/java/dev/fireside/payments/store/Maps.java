package dev.fireside.payments.store;

import dev.fireside.shared.store.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Maps inside documents.
final class Maps {
  private Maps() {}

  /// Puts a value that is there; leaves the field out where it is not.
  static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /// The maps of a list; none where the field is absent.
  static List<Fields> list(Fields fields, String name) {
    var maps = new ArrayList<Fields>();
    if (fields.values().get(name) instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> map) {
          var raw = new HashMap<String, Object>();
          map.forEach((key, value) -> put(raw, String.valueOf(key), value));
          maps.add(new Fields(raw));
        }
      }
    }
    return maps;
  }
}
