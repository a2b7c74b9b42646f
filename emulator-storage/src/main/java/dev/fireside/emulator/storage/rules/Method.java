package dev.fireside.emulator.storage.rules;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// What somebody wants to do with an object.
public enum Method {
  GET,
  LIST,
  CREATE,
  UPDATE,
  DELETE;

  /// The name that `request.method` has.
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The methods that a word of the rules stands for; none for another word.
  static Set<Method> named(String word) {
    return switch (word) {
      case "read" -> EnumSet.of(GET, LIST);
      case "write" -> EnumSet.of(CREATE, UPDATE, DELETE);
      case "get" -> EnumSet.of(GET);
      case "list" -> EnumSet.of(LIST);
      case "create" -> EnumSet.of(CREATE);
      case "update" -> EnumSet.of(UPDATE);
      case "delete" -> EnumSet.of(DELETE);
      default -> EnumSet.noneOf(Method.class);
    };
  }
}
