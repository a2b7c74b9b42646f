package dev.fireside.shared.store;

import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Typed reading of a document's fields. A missing or differently typed field reads as absent:
/// documents outlive the code that wrote them.
public record Fields(Map<String, Object> values) {
  public Fields {
    values = java.util.Collections.unmodifiableMap(new HashMap<>(values));
  }

  /// The text of a field.
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name) instanceof String text ? text : null);
  }

  /// The text of a field that every document of its kind has. Throws [IllegalStateException]
  /// without.
  public String requiredText(String name) {
    return text(name).orElseThrow(() -> new IllegalStateException("A document lacks " + name));
  }

  /// A constant by its wire name. Throws [IllegalArgumentException] for a name of none.
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    return text(name).map(wireName -> WireNames.parse(type, wireName));
  }

  /// A constant by its wire name, or `fallback`. Throws [IllegalArgumentException] for a name of
  /// none.
  public <E extends Enum<E>> E oneOf(String name, E fallback) {
    return oneOf(name, fallback.getDeclaringClass()).orElse(fallback);
  }

  /// A constant by its wire name, of a field that every document of its kind has. Throws
  /// [IllegalStateException] without, and [IllegalArgumentException] for a name of none.
  public <E extends Enum<E>> E requiredOneOf(String name, Class<E> type) {
    return WireNames.parse(type, requiredText(name));
  }

  /// A whole number, or 0.
  public long number(String name) {
    return values.get(name) instanceof Number number ? number.longValue() : 0;
  }

  /// A flag, or false.
  public boolean flag(String name) {
    return values.get(name) instanceof Boolean flag && flag;
  }

  /// An instant.
  public Optional<Instant> instant(String name) {
    return Optional.ofNullable(values.get(name) instanceof Instant instant ? instant : null);
  }

  /// A list of texts, or an empty one.
  public List<String> texts(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
        : List.of();
  }

  /// The maps of a list, or none; what is no map reads as an empty one.
  public List<Fields> maps(String name) {
    return values.get(name) instanceof List<?> list
        ? list.stream().map(Fields::inside).toList()
        : List.of();
  }

  /// A map inside, or an empty one.
  public Fields map(String name) {
    return inside(values.get(name));
  }

  private static Fields inside(@Nullable Object value) {
    var fields = new HashMap<String, Object>();
    if (value instanceof Map<?, ?> map) {
      map.forEach((name, field) -> {
        if (field != null) {
          fields.put(String.valueOf(name), field);
        }
      });
    }
    return new Fields(fields);
  }

  /// The names of the fields.
  public Set<String> names() {
    return values.keySet();
  }
}
