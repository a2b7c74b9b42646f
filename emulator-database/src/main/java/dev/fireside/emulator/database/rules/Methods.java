package dev.fireside.emulator.database.rules;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The methods and properties of the language, by what has them.
final class Methods {
  /// What a method takes and returns.
  record Signature(List<Type> parameters, Type result) {}

  private static final Map<String, Signature> OF_STRINGS =
      Map.of(
          "contains", new Signature(List.of(Type.STRING), Type.BOOLEAN),
          "beginsWith", new Signature(List.of(Type.STRING), Type.BOOLEAN),
          "endsWith", new Signature(List.of(Type.STRING), Type.BOOLEAN),
          "replace", new Signature(List.of(Type.STRING, Type.STRING), Type.STRING),
          "toLowerCase", new Signature(List.of(), Type.STRING),
          "toUpperCase", new Signature(List.of(), Type.STRING),
          "matches", new Signature(List.of(Type.REGEX), Type.BOOLEAN));

  private static final Map<String, Signature> OF_SNAPSHOTS =
      Map.ofEntries(
          Map.entry("val", new Signature(List.of(), Type.PRIMITIVE)),
          Map.entry("child", new Signature(List.of(Type.STRING), Type.SNAPSHOT)),
          Map.entry("parent", new Signature(List.of(), Type.SNAPSHOT)),
          Map.entry("hasChild", new Signature(List.of(Type.STRING), Type.BOOLEAN)),
          Map.entry("hasChildren", new Signature(List.of(Type.LIST), Type.BOOLEAN)),
          Map.entry("exists", new Signature(List.of(), Type.BOOLEAN)),
          Map.entry("getPriority", new Signature(List.of(), Type.PRIMITIVE)),
          Map.entry("isNumber", new Signature(List.of(), Type.BOOLEAN)),
          Map.entry("isString", new Signature(List.of(), Type.BOOLEAN)),
          Map.entry("isBoolean", new Signature(List.of(), Type.BOOLEAN)));

  private static final Map<String, Type> OF_QUERIES =
      Map.of(
          "orderByKey", Type.BOOLEAN,
          "orderByPriority", Type.BOOLEAN,
          "orderByValue", Type.BOOLEAN,
          "orderByChild", Type.PRIMITIVE,
          "startAt", Type.PRIMITIVE,
          "endAt", Type.PRIMITIVE,
          "equalTo", Type.PRIMITIVE,
          "limitToFirst", Type.PRIMITIVE,
          "limitToLast", Type.PRIMITIVE);

  private Methods() {}

  static @Nullable Signature method(Type type, String name) {
    return switch (type) {
      case STRING, PRIMITIVE, ANY -> OF_STRINGS.get(name);
      case SNAPSHOT -> OF_SNAPSHOTS.get(name);
      case BOOLEAN, NUMBER, NULL, QUERY, REGEX, LIST -> null;
    };
  }

  /// A property's type; null if there is none of the name.
  static @Nullable Type property(Type type, String name) {
    return switch (type) {
      case STRING, PRIMITIVE -> name.equals("length") ? Type.NUMBER : null;
      case ANY -> name.equals("length") ? Type.NUMBER : Type.ANY;
      case QUERY -> OF_QUERIES.get(name);
      case SNAPSHOT, BOOLEAN, NUMBER, NULL, REGEX, LIST -> null;
    };
  }
}
