package dev.fireside.emulator.database.rules;

/// What is known about a value before a rule runs.
enum Type {
  BOOLEAN("a boolean"),
  NUMBER("a number"),
  STRING("a string"),
  NULL("null"),
  /// What `val()` gives: known only when the rule runs.
  PRIMITIVE("a value"),
  /// Something of `auth`: known only when the rule runs.
  ANY("a value"),
  SNAPSHOT("a data snapshot"),
  QUERY("a query"),
  REGEX("a regular expression"),
  LIST("a list");

  private final String words;

  Type(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /// Whether it may turn out to be another type.
  boolean isOpen() {
    return this == PRIMITIVE || this == ANY;
  }
}
