package dev.fireside.emulator.storage.rules;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The names that an expression can use.
record Scope(
    Map<String, @Nullable Object> variables,
    Map<String, Rule.Function> functions,
    @Nullable Scope outer) {

  /// A function and where it was defined.
  record Defined(Rule.Function function, Scope scope) {}

  @Nullable Object variable(String name) {
    if (variables.containsKey(name)) {
      return variables.get(name);
    }
    if (outer == null) {
      throw new EvaluationException("There is no variable " + name);
    }
    return outer.variable(name);
  }

  Defined function(String name) {
    Rule.Function function = functions.get(name);
    if (function != null) {
      return new Defined(function, this);
    }
    if (outer == null) {
      throw new EvaluationException("There is no function " + name);
    }
    return outer.function(name);
  }
}
