package dev.fireside.emulator.database.rules;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds the mistakes of an expression that show before it runs: unknown names, wrong numbers of
/// arguments, operands that cannot be of the right type.
final class TypeCheck {
  private static final Set<Type> NUMBERS = EnumSet.of(Type.NUMBER, Type.PRIMITIVE, Type.ANY);
  private static final Set<Type> ADDABLE =
      EnumSet.of(Type.NUMBER, Type.STRING, Type.PRIMITIVE, Type.ANY);
  private static final Set<Type> ORDERED =
      EnumSet.of(Type.NUMBER, Type.STRING, Type.NULL, Type.PRIMITIVE, Type.ANY);
  private static final Set<Type> COMPARABLE =
      EnumSet.of(Type.BOOLEAN, Type.NUMBER, Type.STRING, Type.NULL, Type.PRIMITIVE, Type.ANY);

  private final Map<String, Type> variables;

  private TypeCheck(Map<String, Type> variables) {
    this.variables = variables;
  }

  /// @param variables the names that a rule may use
  static void check(Expression rule, Map<String, Type> variables) {
    Type type = new TypeCheck(variables).typeOf(rule);
    if (type != Type.BOOLEAN) {
      throw new ExpressionException(
          "A rule must be a boolean, not %s".formatted(type.words()), rule.at());
    }
  }

  private Type typeOf(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal(literal);
      case Expression.RegexLiteral _ -> Type.REGEX;
      case Expression.ListLiteral list -> list(list);
      case Expression.Variable variable -> variable(variable);
      case Expression.Member member -> property(member);
      case Expression.Subscript subscript -> subscript(subscript);
      case Expression.Call call -> call(call);
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Conditional conditional -> conditional(conditional);
    };
  }

  private static Type literal(Expression.Literal literal) {
    return switch (literal.value()) {
      case null -> Type.NULL;
      case Boolean _ -> Type.BOOLEAN;
      case Double _ -> Type.NUMBER;
      default -> Type.STRING;
    };
  }

  private Type list(Expression.ListLiteral list) {
    if (list.items().isEmpty()) {
      throw new ExpressionException("A list must not be empty", list.at());
    }
    for (Expression item : list.items()) {
      Type type = typeOf(item);
      if (type != Type.STRING && !type.isOpen()) {
        throw new ExpressionException(
            "A list holds strings, not %s".formatted(type.words()), item.at());
      }
    }
    return Type.LIST;
  }

  private Type variable(Expression.Variable variable) {
    Type type = variables.get(variable.name());
    if (type != null) {
      return type;
    }
    String message =
        variable.name().equals("newData")
            ? "newData is not there in a .read rule"
            : "Unknown variable \"%s\"".formatted(variable.name());
    throw new ExpressionException(message, variable.at());
  }

  private Type property(Expression.Member member) {
    Type object = typeOf(member.object());
    Type type = Methods.property(object, member.name());
    if (type == null || (object == Type.ANY && Methods.method(object, member.name()) != null)) {
      boolean method = Methods.method(object, member.name()) != null;
      String message =
          method ? "\"%s\" is a method and must be called" : "No such method or property: \"%s\"";
      throw new ExpressionException(message.formatted(member.name()), member.at());
    }
    return type;
  }

  private Type subscript(Expression.Subscript subscript) {
    Type object = typeOf(subscript.object());
    Type key = typeOf(subscript.key());
    if (object != Type.ANY) {
      throw new ExpressionException("Only auth has properties by computed names", subscript.at());
    }
    if (!ADDABLE.contains(key)) {
      throw new ExpressionException(
          "A property's name must be a string or number, not %s".formatted(key.words()),
          subscript.key().at());
    }
    return Type.ANY;
  }

  private Type call(Expression.Call call) {
    String name = call.method().name();
    Methods.Signature signature = Methods.method(typeOf(call.method().object()), name);
    if (signature == null) {
      throw new ExpressionException("No such method: \"%s\"".formatted(name), call.at());
    }
    List<Expression> arguments = call.arguments();
    List<Type> parameters = signature.parameters();
    boolean optional = parameters.equals(List.of(Type.LIST)) && arguments.isEmpty();
    if (arguments.size() != parameters.size() && !optional) {
      throw new ExpressionException(
          "%s takes %d argument%s, not %d"
              .formatted(
                  name, parameters.size(), parameters.size() == 1 ? "" : "s", arguments.size()),
          call.at());
    }
    for (int i = 0; i < arguments.size(); i++) {
      argument(name, arguments.get(i), parameters.get(i));
    }
    return signature.result();
  }

  private void argument(String method, Expression argument, Type parameter) {
    Type type = typeOf(argument);
    boolean open = type.isOpen() && parameter == Type.STRING;
    if (type != parameter && !open) {
      throw new ExpressionException(
          "%s takes %s, not %s".formatted(method, parameter.words(), type.words()), argument.at());
    }
  }

  private Type unary(Expression.Unary unary) {
    Type operand = typeOf(unary.operand());
    if (unary.operator().equals("!")) {
      return require(unary, operand, EnumSet.of(Type.BOOLEAN), Type.BOOLEAN);
    }
    return require(unary, operand, NUMBERS, Type.NUMBER);
  }

  private static Type require(
      Expression.Unary unary, Type operand, Set<Type> allowed, Type result) {
    if (!allowed.contains(operand)) {
      throw new ExpressionException(
          "The operand of %s must be %s, not %s"
              .formatted(unary.operator(), result.words(), operand.words()),
          unary.operand().at());
    }
    return result;
  }

  private Type binary(Expression.Binary binary) {
    Type left = typeOf(binary.left());
    Type right = typeOf(binary.right());
    return switch (binary.operator()) {
      case "&&", "||" ->
          require(binary, left, right, EnumSet.of(Type.BOOLEAN), Type.BOOLEAN, "booleans");
      case "==", "===", "!=", "!==" ->
          require(binary, left, right, COMPARABLE, Type.BOOLEAN, "values");
      case "+" -> {
        require(binary, left, right, ADDABLE, Type.PRIMITIVE, "numbers or strings");
        yield left == Type.STRING || right == Type.STRING
            ? Type.STRING
            : left == right ? left : Type.PRIMITIVE;
      }
      case "-", "*", "/", "%" -> require(binary, left, right, NUMBERS, Type.NUMBER, "numbers");
      default -> ordered(binary, left, right);
    };
  }

  private static Type ordered(Expression.Binary binary, Type left, Type right) {
    require(binary, left, right, ORDERED, Type.BOOLEAN, "numbers or strings");
    if (left != right && !left.isOpen() && !right.isOpen()) {
      throw new ExpressionException(
          "The operands of %s are of different types".formatted(binary.operator()), binary.at());
    }
    return Type.BOOLEAN;
  }

  private static Type require(
      Expression.Binary binary,
      Type left,
      Type right,
      Set<Type> allowed,
      Type result,
      String words) {
    boolean wrong = !allowed.contains(left);
    if (wrong || !allowed.contains(right)) {
      throw new ExpressionException(
          "The operands of %s must be %s; the %s one is %s"
              .formatted(
                  binary.operator(),
                  words,
                  wrong ? "left" : "right",
                  (wrong ? left : right).words()),
          (wrong ? binary.left() : binary.right()).at());
    }
    return result;
  }

  private Type conditional(Expression.Conditional conditional) {
    if (typeOf(conditional.condition()) != Type.BOOLEAN) {
      throw new ExpressionException(
          "The condition of ? must be a boolean", conditional.condition().at());
    }
    Type then = typeOf(conditional.then());
    Type otherwise = typeOf(conditional.otherwise());
    if (then == otherwise) {
      return then;
    }
    if (!COMPARABLE.contains(then) || !COMPARABLE.contains(otherwise)) {
      throw new ExpressionException(
          "One side of ? is %s, the other is %s".formatted(then.words(), otherwise.words()),
          conditional.at());
    }
    return Type.PRIMITIVE;
  }
}
