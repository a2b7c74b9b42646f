package dev.fireside.emulator.storage.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads expressions, the operators that bind least first.
final class ExpressionParser {
  private static final Set<String> TYPES =
      Set.of(
          "bool",
          "bytes",
          "duration",
          "float",
          "int",
          "latlng",
          "list",
          "map",
          "number",
          "path",
          "string",
          "timestamp",
          "set",
          "null");
  private static final int DEPTH_MAX = 100;

  private final Source source;
  private int depth;

  ExpressionParser(Source source) {
    this.source = source;
  }

  Expression expression() {
    depth++;
    if (depth > DEPTH_MAX) {
      throw source.error("The expression is nested too deeply");
    }
    Expression condition = or();
    if (source.accept("?")) {
      Expression yes = expression();
      source.expect(":");
      condition = new Expression.Conditional(condition, yes, expression());
    }
    depth--;
    return condition;
  }

  private Expression or() {
    Expression left = and();
    while (source.accept("||")) {
      left = new Expression.Binary("||", left, and());
    }
    return left;
  }

  private Expression and() {
    Expression left = equality();
    while (source.accept("&&")) {
      left = new Expression.Binary("&&", left, equality());
    }
    return left;
  }

  private Expression equality() {
    Expression left = relation();
    while (true) {
      String operator = accepted("==", "!=");
      if (operator.isEmpty()) {
        return left;
      }
      left = new Expression.Binary(operator, left, relation());
    }
  }

  private Expression relation() {
    Expression left = sum();
    while (true) {
      String operator = accepted("<=", ">=", "<", ">");
      if (!operator.isEmpty()) {
        left = new Expression.Binary(operator, left, sum());
      } else if (source.acceptWord("in")) {
        left = new Expression.Binary("in", left, sum());
      } else if (source.acceptWord("is")) {
        left = new Expression.Is(left, type());
      } else {
        return left;
      }
    }
  }

  private String type() {
    String type = source.name();
    if (!TYPES.contains(type)) {
      throw source.error("There is no type " + type);
    }
    return type;
  }

  private Expression sum() {
    Expression left = product();
    while (true) {
      String operator = accepted("+", "-");
      if (operator.isEmpty()) {
        return left;
      }
      left = new Expression.Binary(operator, left, product());
    }
  }

  private Expression product() {
    Expression left = unary();
    while (true) {
      String operator = accepted("*", "/", "%");
      if (operator.isEmpty()) {
        return left;
      }
      left = new Expression.Binary(operator, left, unary());
    }
  }

  private String accepted(String... operators) {
    for (String operator : operators) {
      if (source.accept(operator)) {
        return operator;
      }
    }
    return "";
  }

  private Expression unary() {
    if (!source.startsWith("!=") && source.accept("!")) {
      return new Expression.Not(unary());
    }
    return source.accept("-") ? new Expression.Negative(unary()) : postfix();
  }

  private Expression postfix() {
    Expression value = primary();
    while (true) {
      if (source.accept(".")) {
        String name = source.name();
        value =
            source.accept("(")
                ? new Expression.MethodCall(value, name, list(")"))
                : new Expression.Member(value, name);
      } else if (source.accept("[")) {
        Expression at = expression();
        if (source.accept(":")) {
          value = new Expression.Slice(value, at, expression());
        } else {
          value = new Expression.Index(value, at);
        }
        source.expect("]");
      } else {
        return value;
      }
    }
  }

  private List<Expression> list(String end) {
    var items = new ArrayList<Expression>();
    while (!source.accept(end)) {
      if (!items.isEmpty()) {
        source.expect(",");
      }
      items.add(expression());
    }
    return items;
  }

  private Expression primary() {
    if (source.accept("(")) {
      Expression inner = expression();
      source.expect(")");
      return inner;
    }
    if (source.accept("[")) {
      return new Expression.ListOf(list("]"));
    }
    if (source.accept("{")) {
      return map();
    }
    if (source.startsWith("/")) {
      return path();
    }
    char next = source.next();
    if (next == '\'' || next == '"') {
      return new Expression.Literal(string());
    }
    if (Character.isDigit(next)) {
      return number();
    }
    String name = source.name();
    return switch (name) {
      case "true" -> new Expression.Literal(true);
      case "false" -> new Expression.Literal(false);
      case "null" -> new Expression.Literal(null);
      default ->
          source.accept("(") ? new Expression.Call(name, list(")")) : new Expression.Name(name);
    };
  }

  private Expression map() {
    var entries = new ArrayList<Expression.Entry>();
    while (!source.accept("}")) {
      if (!entries.isEmpty()) {
        source.expect(",");
      }
      Expression key = expression();
      source.expect(":");
      entries.add(new Expression.Entry(key, expression()));
    }
    return new Expression.MapOf(entries);
  }

  /// `/users/$(request.auth.uid)/files/(default)`.
  private Expression path() {
    var parts = new ArrayList<Expression>();
    while (source.next() == '/') {
      source.take();
      if (source.next() == '$') {
        source.take();
        source.expect("(");
        parts.add(expression());
        source.expect(")");
      } else {
        parts.add(new Expression.Literal(part()));
      }
    }
    return new Expression.PathOf(parts);
  }

  private String part() {
    if (source.next() == '(') {
      source.take();
      String name = source.word();
      source.expect(")");
      return "(" + name + ")";
    }
    var part = new StringBuilder();
    while (Source.isOfName(source.next()) || source.next() == '-') {
      part.append(source.take());
    }
    if (part.isEmpty()) {
      throw source.error("A part of the path is missing");
    }
    return part.toString();
  }

  private Expression number() {
    String digits = source.word();
    try {
      if (source.next() == '.') {
        source.take();
        return new Expression.Literal(Double.parseDouble(digits + "." + source.word()));
      }
      return new Expression.Literal(Long.decode(digits));
    } catch (NumberFormatException e) {
      throw source.error(digits + " is no number");
    }
  }

  private String string() {
    char quote = source.take();
    var text = new StringBuilder();
    while (source.next() != quote) {
      char c = source.take();
      if (c == '\n') {
        throw source.error("The text does not end");
      }
      text.append(c == '\\' ? escaped(source.take()) : c);
    }
    source.take();
    return text.toString();
  }

  private char escaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '\\', '\'', '"', '`', '?' -> c;
      default -> throw source.error("\\" + c + " stands for nothing");
    };
  }
}
