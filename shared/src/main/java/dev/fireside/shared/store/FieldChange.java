package dev.fireside.shared.store;

import java.util.List;

/// A change of one field that Firestore works out itself, given in place of a value: the writer
/// need not have read the document.
public sealed interface FieldChange {
  /// Adds values to a list, each unless it exists already.
  record Add(List<?> values) implements FieldChange {
    public Add {
      values = List.copyOf(values);
    }
  }

  /// Takes values from a list, wherever they are in it.
  record Remove(List<?> values) implements FieldChange {
    public Remove {
      values = List.copyOf(values);
    }
  }

  /// Takes the field itself away; for merges and updates.
  record Clear() implements FieldChange {}

  /// Adds one value to a list, unless it exists already.
  static FieldChange add(Object value) {
    return new Add(List.of(value));
  }

  /// Takes one value from a list.
  static FieldChange remove(Object value) {
    return new Remove(List.of(value));
  }

  /// Takes the field itself away; for merges and updates.
  static FieldChange clear() {
    return new Clear();
  }
}
