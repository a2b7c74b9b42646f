package dev.fireside.emulator.database.rules;

import java.util.ArrayList;
import java.util.List;

/// Reads the text of an expression.
final class ExpressionReader {
  /// The longest expression, in characters.
  static final int LENGTH_MAX = 65_536;

  /// How deep expressions may be nested.
  private static final int DEPTH_MAX = 200;

  private static final int OPERATORS_MAX = 2_000;

  /// Operators of two operands, those that bind least first.
  private static final List<List<String>> LEVELS =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("===", "!==", "==", "!="),
          List.of("<=", ">=", "<", ">"),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private final Tokens tokens;
  private int depth;
  private int operators;

  private ExpressionReader(String text) {
    this.tokens = new Tokens(text);
  }

  static Expression read(String text) {
    if (text.length() > LENGTH_MAX) {
      throw new ExpressionException(
          "A rule is longer than %,d characters".formatted(LENGTH_MAX), 0);
    }
    ExpressionReader reader = new ExpressionReader(text);
    Expression expression = reader.conditional();
    if (reader.tokens.peek().kind() != Token.Kind.END) {
      throw reader.tokens.unexpected("an operator or the end");
    }
    return expression;
  }

  private Expression conditional() {
    enter();
    Expression condition = binary(0);
    int at = tokens.peek().at();
    if (tokens.accept("?")) {
      Expression then = conditional();
      tokens.expect(":");
      condition = new Expression.Conditional(at, condition, then, conditional());
    }
    depth--;
    return condition;
  }

  private void enter() {
    depth++;
    if (depth > DEPTH_MAX) {
      throw new ExpressionException(
          "A rule is nested deeper than %d".formatted(DEPTH_MAX), tokens.peek().at());
    }
  }

  private Expression binary(int level) {
    if (level == LEVELS.size()) {
      return unary();
    }
    Expression left = binary(level + 1);
    while (tokens.peek().kind() == Token.Kind.OPERATOR
        && LEVELS.get(level).contains(tokens.peek().text())) {
      Token operator = tokens.take();
      operators++;
      if (operators > OPERATORS_MAX) {
        throw new ExpressionException(
            "A rule has more than %,d operators".formatted(OPERATORS_MAX), operator.at());
      }
      left = new Expression.Binary(operator.at(), operator.text(), left, binary(level + 1));
    }
    return left;
  }

  private Expression unary() {
    Token operator = tokens.peek();
    if (!operator.is("!") && !operator.is("-")) {
      return postfix();
    }
    enter();
    tokens.take();
    Expression operand = unary();
    depth--;
    return new Expression.Unary(operator.at(), operator.text(), operand);
  }

  private Expression postfix() {
    Expression expression = primary();
    for (int links = 0; ; links++) {
      Token next = tokens.peek();
      if (links > DEPTH_MAX) {
        throw new ExpressionException("A rule has too long a chain of calls", next.at());
      }
      if (tokens.accept(".")) {
        Token name = tokens.take();
        if (name.kind() != Token.Kind.NAME) {
          throw new ExpressionException("Expected a name after the dot", name.at());
        }
        expression = new Expression.Member(name.at(), expression, name.text());
      } else if (tokens.accept("[")) {
        expression = subscript(expression, next.at());
      } else if (tokens.accept("(")) {
        if (!(expression instanceof Expression.Member method)) {
          throw new ExpressionException("Only methods can be called", next.at());
        }
        expression = new Expression.Call(method.at(), method, items(")"));
      } else {
        return expression;
      }
    }
  }

  private Expression subscript(Expression object, int at) {
    Expression key = conditional();
    tokens.expect("]");
    return key instanceof Expression.Literal(var _, String name)
        ? new Expression.Member(at, object, name)
        : new Expression.Subscript(at, object, key);
  }

  private List<Expression> items(String end) {
    List<Expression> items = new ArrayList<>();
    if (!tokens.accept(end)) {
      do {
        items.add(conditional());
      } while (tokens.accept(","));
      tokens.expect(end);
    }
    return List.copyOf(items);
  }

  private Expression primary() {
    Token token = tokens.peek();
    if (token.is("/")) {
      return new Expression.RegexLiteral(token.at(), tokens.regex());
    }
    if (tokens.accept("(")) {
      Expression inner = conditional();
      tokens.expect(")");
      return inner;
    }
    if (tokens.accept("[")) {
      return new Expression.ListLiteral(token.at(), items("]"));
    }
    return switch (token.kind()) {
      case NUMBER -> new Expression.Literal(tokens.take().at(), Double.valueOf(token.text()));
      case STRING -> new Expression.Literal(tokens.take().at(), token.text());
      case NAME -> name(tokens.take());
      case OPERATOR, END -> throw tokens.unexpected("a value");
    };
  }

  private static Expression name(Token token) {
    return switch (token.text()) {
      case "true" -> new Expression.Literal(token.at(), true);
      case "false" -> new Expression.Literal(token.at(), false);
      case "null" -> new Expression.Literal(token.at(), null);
      default -> new Expression.Variable(token.at(), token.text());
    };
  }
}
