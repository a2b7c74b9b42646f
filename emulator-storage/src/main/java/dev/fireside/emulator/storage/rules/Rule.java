package dev.fireside.emulator.storage.rules;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A `match` block.
///
/// @param pattern what paths begin with that it is about
/// @param functions by name, those of this block
/// @param inner the blocks in it
record Rule(
    List<Segment> pattern, List<Allow> allows, Map<String, Function> functions, List<Rule> inner) {

  /// A part of a pattern.
  ///
  /// @param name what the part must be, or the variable that it gives its value to
  /// @param kind what it stands for
  record Segment(String name, Kind kind) {
    enum Kind {
      LITERAL,
      ONE,
      /// As many parts as there are, also none.
      REST
    }
  }

  /// Lets some methods through where a condition holds; always where it has none.
  record Allow(Set<Method> methods, @Nullable Expression condition) {}

  /// A function of the rules.
  record Function(String name, List<String> parameters, List<Let> lets, Expression result) {}

  /// A value with a name in a function.
  record Let(String name, Expression value) {}
}
