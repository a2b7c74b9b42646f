package dev.fireside.emulator.storage.rules;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads `storage.rules`.
final class RulesParser {
  private final Source source;
  private final ExpressionParser expressions;

  RulesParser(String text) {
    this.source = new Source(text);
    this.expressions = new ExpressionParser(source);
  }

  /// The block that stands for `service firebase.storage`.
  Rule parse() {
    if (source.acceptWord("rules_version")) {
      version();
    }
    if (!source.acceptWord("service") || !source.accept("firebase.storage")) {
      throw source.error("`service firebase.storage` is missing");
    }
    source.expect("{");
    Rule service = block(List.of());
    if (!source.isAtEnd()) {
      throw source.error("Nothing may stand after the service");
    }
    return service;
  }

  private void version() {
    source.expect("=");
    if (!source.accept("'2'") && !source.accept("\"2\"")) {
      throw source.error("rules_version must be '2'");
    }
    source.accept(";");
  }

  private Rule block(List<Rule.Segment> pattern) {
    var allows = new ArrayList<Rule.Allow>();
    Map<String, Rule.Function> functions = new LinkedHashMap<>();
    var inner = new ArrayList<Rule>();
    while (!source.accept("}")) {
      if (source.acceptWord("match")) {
        List<Rule.Segment> segments = pattern();
        source.expect("{");
        inner.add(block(segments));
      } else if (source.acceptWord("allow")) {
        allows.add(allow());
      } else if (source.acceptWord("function")) {
        Rule.Function function = function();
        if (functions.put(function.name(), function) != null) {
          throw source.error("There are two functions " + function.name());
        }
      } else {
        throw source.error("match, allow, function or } must come here");
      }
    }
    return new Rule(pattern, allows, functions, inner);
  }

  private List<Rule.Segment> pattern() {
    var segments = new ArrayList<Rule.Segment>();
    source.skipBlanks();
    while (source.next() == '/') {
      source.take();
      if (!segments.isEmpty() && segments.getLast().kind() == Rule.Segment.Kind.REST) {
        throw source.error("Nothing may stand after {…=**}");
      }
      segments.add(segment());
    }
    if (segments.isEmpty()) {
      throw source.error("A path is missing");
    }
    return segments;
  }

  private Rule.Segment segment() {
    if (source.next() != '{') {
      var name = new StringBuilder();
      while (Source.isOfName(source.next()) || "-.()~@".indexOf(source.next()) >= 0) {
        name.append(source.take());
      }
      if (name.isEmpty()) {
        throw source.error("A part of the path is missing");
      }
      return new Rule.Segment(name.toString(), Rule.Segment.Kind.LITERAL);
    }
    source.take();
    String name = source.name();
    boolean rest = source.accept("=**");
    source.expect("}");
    return new Rule.Segment(name, rest ? Rule.Segment.Kind.REST : Rule.Segment.Kind.ONE);
  }

  private Rule.Allow allow() {
    Set<Method> methods = EnumSet.noneOf(Method.class);
    do {
      String word = source.name();
      Set<Method> named = Method.named(word);
      if (named.isEmpty()) {
        throw source.error("There is no method " + word);
      }
      methods.addAll(named);
    } while (source.accept(","));
    Expression condition = null;
    if (source.accept(":")) {
      if (!source.acceptWord("if")) {
        throw source.error("`if` is missing");
      }
      condition = expressions.expression();
    }
    source.expect(";");
    return new Rule.Allow(methods, condition);
  }

  private Rule.Function function() {
    String name = source.name();
    source.expect("(");
    var parameters = new ArrayList<String>();
    while (!source.accept(")")) {
      if (!parameters.isEmpty()) {
        source.expect(",");
      }
      parameters.add(source.name());
    }
    source.expect("{");
    var lets = new ArrayList<Rule.Let>();
    while (source.acceptWord("let")) {
      String variable = source.name();
      source.expect("=");
      lets.add(new Rule.Let(variable, expressions.expression()));
      source.expect(";");
    }
    if (!source.acceptWord("return")) {
      throw source.error("`return` is missing");
    }
    Expression result = expressions.expression();
    source.accept(";");
    source.expect("}");
    return new Rule.Function(name, parameters, lets, result);
  }
}
