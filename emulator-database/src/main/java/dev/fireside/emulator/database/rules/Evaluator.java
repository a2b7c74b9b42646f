package dev.fireside.emulator.database.rules;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.tree.Query;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Evaluates an expression. Values are a `Boolean`, `Double`, `String`, null, a [Snapshot], a
/// [Query], objects and lists of `auth` (JSON), and branches of the data.
final class Evaluator {
  private final Scope scope;

  Evaluator(Scope scope) {
    this.scope = scope;
  }

  /// @throws EvaluationException if a value is of the wrong type
  boolean isTrue(Expression expression) {
    return bool(evaluate(expression));
  }

  private @Nullable Object evaluate(Expression expression) {
    return switch (expression) {
      case Expression.Literal literal -> literal.value();
      case Expression.Variable variable -> scope.variable(variable.name());
      case Expression.Member member -> member(evaluate(member.object()), member.name());
      case Expression.Subscript subscript ->
          element(evaluate(subscript.object()), evaluate(subscript.key()));
      case Expression.Call call -> call(call);
      case Expression.Unary unary -> unary(unary);
      case Expression.Binary binary -> binary(binary);
      case Expression.Conditional conditional ->
          bool(evaluate(conditional.condition()))
              ? evaluate(conditional.then())
              : evaluate(conditional.otherwise());
      case Expression.RegexLiteral _, Expression.ListLiteral _ ->
          throw new EvaluationException("A list or regular expression is no value");
    };
  }

  private static @Nullable Object member(@Nullable Object object, String name) {
    return switch (object) {
      case null -> null;
      case JsonNode json when json.isObject() -> plain(json.get(name));
      case Query query -> QueryProperties.get(query, name);
      case String text when name.equals("length") -> (double) text.length();
      default -> throw wrong("\"%s\" of %s".formatted(name, kind(object)));
    };
  }

  private static @Nullable Object element(@Nullable Object object, @Nullable Object key) {
    if (object == null) {
      return null;
    }
    return switch (key) {
      case String name -> member(object, name);
      case Double index when object instanceof JsonNode json -> plain(json.get(index.intValue()));
      case null, default -> throw wrong("A property by " + kind(key));
    };
  }

  /// JSON as a value; what is missing is null.
  static @Nullable Object plain(@Nullable JsonNode json) {
    if (json == null || json.isNull()) {
      return null;
    }
    return switch (json.getNodeType()) {
      case BOOLEAN -> (Object) json.booleanValue();
      case NUMBER -> json.doubleValue();
      case STRING -> json.textValue();
      default -> json;
    };
  }

  private @Nullable Object call(Expression.Call call) {
    Object object = evaluate(call.method().object());
    String name = call.method().name();
    return switch (object) {
      case Snapshot snapshot -> snapshot(snapshot, name, call.arguments());
      case String text -> text(text, name, call.arguments());
      case null, default -> throw wrong("%s of %s".formatted(name, kind(object)));
    };
  }

  private @Nullable Object snapshot(Snapshot snapshot, String name, List<Expression> arguments) {
    return switch (name) {
      case "val" -> snapshot.val();
      case "child" -> snapshot.child(string(evaluate(arguments.getFirst())));
      case "parent" -> snapshot.parent();
      case "exists" -> snapshot.exists();
      case "hasChild" -> snapshot.child(string(evaluate(arguments.getFirst()))).exists();
      case "hasChildren" -> hasChildren(snapshot, arguments);
      case "getPriority" -> snapshot.priority();
      case "isNumber" -> snapshot.val() instanceof Double;
      case "isString" -> snapshot.val() instanceof String;
      case "isBoolean" -> snapshot.val() instanceof Boolean;
      default -> throw wrong(name);
    };
  }

  private boolean hasChildren(Snapshot snapshot, List<Expression> arguments) {
    if (arguments.isEmpty()) {
      return snapshot.hasChildren();
    }
    boolean all = true;
    if (arguments.getFirst() instanceof Expression.ListLiteral list) {
      for (Expression item : list.items()) {
        all &= snapshot.child(string(evaluate(item))).exists();
      }
    }
    return all;
  }

  private Object text(String text, String name, List<Expression> arguments) {
    if (name.equals("matches")) {
      return arguments.getFirst() instanceof Expression.RegexLiteral(var _, Regex regex)
          && regex.isFoundIn(text);
    }
    List<String> strings = arguments.stream().map(this::evaluate).map(Evaluator::string).toList();
    return switch (name) {
      case "contains" -> text.contains(strings.getFirst());
      case "beginsWith" -> text.startsWith(strings.getFirst());
      case "endsWith" -> text.endsWith(strings.getFirst());
      case "replace" -> Strings.replace(text, strings.getFirst(), strings.getLast());
      case "toLowerCase" -> Strings.lowerCase(text);
      case "toUpperCase" -> Strings.upperCase(text);
      default -> throw wrong(name);
    };
  }

  private Object unary(Expression.Unary unary) {
    Object operand = evaluate(unary.operand());
    return unary.operator().equals("!") ? (Object) !bool(operand) : (Object) (-number(operand));
  }

  private Object binary(Expression.Binary binary) {
    if (binary.operator().equals("&&")) {
      return bool(evaluate(binary.left())) && bool(evaluate(binary.right()));
    }
    if (binary.operator().equals("||")) {
      return bool(evaluate(binary.left())) || bool(evaluate(binary.right()));
    }
    Object left = evaluate(binary.left());
    Object right = evaluate(binary.right());
    return switch (binary.operator()) {
      case "==", "===" -> isEqual(left, right);
      case "!=", "!==" -> !isEqual(left, right);
      case "+" -> sum(left, right);
      case "-" -> number(left) - number(right);
      case "*" -> number(left) * number(right);
      case "/" -> quotient(number(left), number(right));
      case "%" -> number(left) % number(right);
      default -> isOrdered(binary.operator(), left, right);
    };
  }

  private static boolean isEqual(@Nullable Object left, @Nullable Object right) {
    return (left instanceof Double x && right instanceof Double y)
        ? x.doubleValue() == y.doubleValue()
        : Objects.equals(left, right);
  }

  private static Object sum(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Double x && right instanceof Double y) {
      return x + y;
    }
    boolean strings =
        (left instanceof String || left instanceof Double)
            && (right instanceof String || right instanceof Double);
    if (!strings) {
      throw wrong("%s + %s".formatted(kind(left), kind(right)));
    }
    return Strings.concat(Strings.of(left), Strings.of(right));
  }

  private static double quotient(double dividend, double divisor) {
    return divisor == 0 ? Double.NaN : dividend / divisor;
  }

  private static boolean isOrdered(String operator, @Nullable Object left, @Nullable Object right) {
    if (left instanceof Double x && right instanceof Double y) {
      return switch (operator) {
        case "<" -> x < y;
        case "<=" -> x <= y;
        case ">" -> x > y;
        default -> x >= y;
      };
    }
    if (!(left instanceof String a && right instanceof String b)) {
      throw wrong("%s %s %s".formatted(kind(left), operator, kind(right)));
    }
    int order = a.compareTo(b);
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  private static boolean bool(@Nullable Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw wrong("a boolean was expected, not " + kind(value));
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Double number) {
      return number;
    }
    throw wrong("a number was expected, not " + kind(value));
  }

  private static String string(@Nullable Object value) {
    if (value instanceof String string) {
      return string;
    }
    throw wrong("a string was expected, not " + kind(value));
  }

  private static EvaluationException wrong(String what) {
    return new EvaluationException("Wrong type: " + what);
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Boolean _ -> "a boolean";
      case Double _ -> "a number";
      case String _ -> "a string";
      default -> "an object";
    };
  }
}
