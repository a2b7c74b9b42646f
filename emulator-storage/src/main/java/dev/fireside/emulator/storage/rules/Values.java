package dev.fireside.emulator.storage.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What operators do with values: null, booleans, longs, doubles, strings, lists, sets, maps,
/// paths, instants and durations. Nothing is converted silently but longs to doubles.
final class Values {
  private Values() {}

  static boolean bool(@Nullable Object value) {
    if (value instanceof Boolean bool) {
      return bool;
    }
    throw new EvaluationException("Not a bool");
  }

  static String text(@Nullable Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new EvaluationException("Not a string");
  }

  static int number(@Nullable Object value) {
    if (value instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
      return number.intValue();
    }
    throw new EvaluationException("Not an int");
  }

  static @Nullable Object member(@Nullable Object of, String name) {
    if (of instanceof Map<?, ?> map && map.containsKey(name)) {
      return map.get(name);
    }
    throw new EvaluationException("There is no " + name);
  }

  static @Nullable Object index(@Nullable Object of, @Nullable Object at) {
    return switch (of) {
      case Map<?, ?> map -> member(map, text(at));
      case List<?> list -> item(list, number(at));
      case PathValue(List<String> parts) -> item(parts, number(at));
      case String text -> slice(text, at, (long) number(at) + 1);
      case null, default -> throw new EvaluationException("It has no parts");
    };
  }

  private static @Nullable Object item(List<?> list, int at) {
    if (at >= list.size()) {
      throw new EvaluationException("There is no part " + at);
    }
    return list.get(at);
  }

  static Object slice(@Nullable Object of, @Nullable Object from, @Nullable Object to) {
    int first = number(from);
    int last = number(to);
    return switch (of) {
      case String text when isRange(first, last, text.length()) -> text.substring(first, last);
      case List<?> list when isRange(first, last, list.size()) ->
          new ArrayList<@Nullable Object>(list.subList(first, last));
      case null, default -> throw new EvaluationException("There is no such range");
    };
  }

  private static boolean isRange(int first, int last, int size) {
    return first <= last && last <= size;
  }

  static Object negative(@Nullable Object value) {
    return switch (value) {
      case Long number -> Math.negateExact(number);
      case Double number -> -number;
      case null, default -> throw new EvaluationException("Not a number");
    };
  }

  static boolean equal(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Number one && right instanceof Number other) {
      return one.doubleValue() == other.doubleValue();
    }
    return Objects.equals(left, right);
  }

  static boolean is(@Nullable Object value, String type) {
    return switch (type) {
      case "null" -> value == null;
      case "bool" -> value instanceof Boolean;
      case "int" -> value instanceof Long;
      case "float" -> value instanceof Double;
      case "number" -> value instanceof Number;
      case "string" -> value instanceof String;
      case "list" -> value instanceof List;
      case "set" -> value instanceof Set;
      case "map" -> value instanceof Map;
      case "path" -> value instanceof PathValue;
      case "timestamp" -> value instanceof Instant;
      case "duration" -> value instanceof Duration;
      default -> false;
    };
  }

  static Object binary(String operator, @Nullable Object left, @Nullable Object right) {
    return switch (operator) {
      case "in" -> isIn(left, right);
      case "<" -> compare(left, right) < 0;
      case "<=" -> compare(left, right) <= 0;
      case ">" -> compare(left, right) > 0;
      case ">=" -> compare(left, right) >= 0;
      default -> reckon(operator, left, right);
    };
  }

  private static boolean isIn(@Nullable Object value, @Nullable Object all) {
    return switch (all) {
      case Map<?, ?> map -> map.containsKey(text(value));
      case List<?> list -> list.stream().anyMatch(item -> equal(item, value));
      case Set<?> set -> set.contains(value);
      case null, default -> throw new EvaluationException("It holds nothing");
    };
  }

  private static int compare(@Nullable Object left, @Nullable Object right) {
    if (left instanceof Long one && right instanceof Long other) {
      return one.compareTo(other);
    }
    if (left instanceof Number one && right instanceof Number other) {
      return Double.compare(one.doubleValue(), other.doubleValue());
    }
    if (left instanceof String one && right instanceof String other) {
      return one.compareTo(other);
    }
    if (left instanceof Instant one && right instanceof Instant other) {
      return one.compareTo(other);
    }
    if (left instanceof Duration one && right instanceof Duration other) {
      return one.compareTo(other);
    }
    throw new EvaluationException("They cannot be compared");
  }

  private static Object reckon(String operator, @Nullable Object left, @Nullable Object right) {
    try {
      if (left instanceof Long one && right instanceof Long other) {
        return whole(operator, one, other);
      }
      if (left instanceof Number one && right instanceof Number other) {
        return fraction(operator, one.doubleValue(), other.doubleValue());
      }
    } catch (ArithmeticException e) {
      throw new EvaluationException("Too large, or a division by zero");
    }
    if (operator.equals("+") && left instanceof String one && right instanceof String other) {
      return one + other;
    }
    if (left instanceof Instant instant && right instanceof Duration duration) {
      return operator.equals("+") ? instant.plus(duration) : time(operator, instant, duration);
    }
    if (operator.equals("-") && left instanceof Instant one && right instanceof Instant other) {
      return Duration.between(other, one);
    }
    if (operator.equals("+") && left instanceof Duration one && right instanceof Duration other) {
      return one.plus(other);
    }
    throw new EvaluationException("There is no " + operator + " for them");
  }

  private static Instant time(String operator, Instant instant, Duration duration) {
    if (operator.equals("-")) {
      return instant.minus(duration);
    }
    throw new EvaluationException("There is no " + operator + " for times");
  }

  private static long whole(String operator, long left, long right) {
    return switch (operator) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      case "*" -> Math.multiplyExact(left, right);
      case "/" -> left / right;
      default -> left % right;
    };
  }

  private static double fraction(String operator, double left, double right) {
    return switch (operator) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      default -> throw new EvaluationException("Floats have no remainder");
    };
  }
}
