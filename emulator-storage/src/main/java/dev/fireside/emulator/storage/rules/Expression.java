package dev.fireside.emulator.storage.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A parsed expression.
sealed interface Expression {
  /// Null, a boolean, a long, a double or a string.
  record Literal(@Nullable Object value) implements Expression {}

  record ListOf(List<Expression> items) implements Expression {}

  record MapOf(List<Entry> entries) implements Expression {}

  record Entry(Expression key, Expression value) {}

  /// A path; its parts are literals and `$(…)`.
  record PathOf(List<Expression> parts) implements Expression {}

  record Name(String name) implements Expression {}

  record Member(Expression of, String name) implements Expression {}

  record Index(Expression of, Expression at) implements Expression {}

  record Slice(Expression of, Expression from, Expression to) implements Expression {}

  /// A call of a function of the rules.
  record Call(String function, List<Expression> arguments) implements Expression {}

  /// A call of a method of a value, or of a namespace such as `firestore`.
  record MethodCall(Expression of, String method, List<Expression> arguments)
      implements Expression {}

  record Not(Expression of) implements Expression {}

  record Negative(Expression of) implements Expression {}

  record Binary(String operator, Expression left, Expression right) implements Expression {}

  record Is(Expression of, String type) implements Expression {}

  record Conditional(Expression condition, Expression yes, Expression no) implements Expression {}
}
