package dev.fireside.emulator.database.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An expression as its text has it. `at` is its index there.
sealed interface Expression {
  int at();

  /// A `Boolean`, `Double`, `String` or null.
  record Literal(int at, @Nullable Object value) implements Expression {}

  record RegexLiteral(int at, Regex regex) implements Expression {}

  record ListLiteral(int at, List<Expression> items) implements Expression {}

  record Variable(int at, String name) implements Expression {}

  /// A property or method by a name that is written there.
  record Member(int at, Expression object, String name) implements Expression {}

  /// A property by a name that is computed.
  record Subscript(int at, Expression object, Expression key) implements Expression {}

  record Call(int at, Member method, List<Expression> arguments) implements Expression {}

  record Unary(int at, String operator, Expression operand) implements Expression {}

  record Binary(int at, String operator, Expression left, Expression right) implements Expression {}

  record Conditional(int at, Expression condition, Expression then, Expression otherwise)
      implements Expression {}
}
