package dev.fireside.shared.json;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Constants as JSON and documents name them, both ways: `NOT_THE_SUM` is `not-the-sum`.
///
/// Names are stored: renaming a constant needs a reader of the old name.
public final class WireNames {
  private static final ClassValue<Names> NAMES =
      new ClassValue<>() {
        @Override
        protected Names computeValue(Class<?> type) {
          return new Names(type);
        }
      };

  private WireNames() {}

  /// The name of a constant.
  public static String of(Enum<?> constant) {
    return Objects.requireNonNull(NAMES.get(constant.getDeclaringClass()).names.get(constant));
  }

  /// The names of all constants of a type, in their order.
  public static List<String> all(Class<? extends Enum<?>> type) {
    return NAMES.get(type).all;
  }

  /// The constant of a name that somebody else wrote; empty for no name of the type.
  public static <E extends Enum<E>> Optional<E> find(Class<E> type, String name) {
    return Optional.ofNullable(type.cast(NAMES.get(type).constants.get(name)));
  }

  /// The constant of a name that [#of] wrote. Throws [IllegalArgumentException] for no name of the
  /// type.
  public static <E extends Enum<E>> E parse(Class<E> type, String name) {
    return find(type, name)
        .orElseThrow(() ->
            new IllegalArgumentException("No " + type.getSimpleName() + " is called " + name));
  }

  private static final class Names {
    private final Map<String, Enum<?>> constants = new LinkedHashMap<>();
    private final Map<Enum<?>, String> names = new HashMap<>();
    private final List<String> all;

    private Names(Class<?> type) {
      for (Object constant : type.getEnumConstants()) {
        var known = (Enum<?>) constant;
        String name = known.name().toLowerCase(Locale.ROOT).replace('_', '-');
        constants.put(name, known);
        names.put(known, name);
      }
      all = List.copyOf(constants.keySet());
    }
  }
}
