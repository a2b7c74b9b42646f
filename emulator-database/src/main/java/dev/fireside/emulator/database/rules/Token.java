package dev.fireside.emulator.database.rules;

/// A word of an expression.
///
/// @param text as it stands there; of a string, what it means
/// @param at its index in the expression
record Token(Kind kind, String text, int at) {
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    OPERATOR,
    END
  }

  boolean is(String operator) {
    return kind == Kind.OPERATOR && text.equals(operator);
  }
}
