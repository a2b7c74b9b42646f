package dev.fireside.emulator.database.rules;

import org.jspecify.annotations.Nullable;

/// One `.read`, `.write` or `.validate`.
///
/// @param name where it stands, such as `/posts/$post/.read`
/// @param line its line in the file
record Rule(String name, int line, Expression expression) {
  /// How a rule turned out.
  ///
  /// @param failure why it failed; null if it did not
  record Outcome(boolean isTrue, @Nullable String failure) {}

  Outcome evaluate(Scope scope) {
    try {
      return new Outcome(new Evaluator(scope).isTrue(expression), null);
    } catch (EvaluationException e) {
      return new Outcome(false, e.getMessage());
    }
  }

  @Override
  public String toString() {
    return "%s (line %d)".formatted(name, line);
  }
}
