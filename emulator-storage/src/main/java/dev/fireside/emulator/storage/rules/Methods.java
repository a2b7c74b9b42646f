package dev.fireside.emulator.storage.rules;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The methods of values, and the functions of namespaces
/// (<https://firebase.google.com/docs/reference/security/storage>).
final class Methods {
  private static final Set<String> NAMESPACES =
      Set.of("firestore", "math", "duration", "timestamp");

  private Methods() {}

  static boolean isNamespace(String name) {
    return NAMESPACES.contains(name);
  }

  /// A function that is there everywhere; null where there is none of the name.
  static @Nullable Object global(String name, List<@Nullable Object> arguments) {
    if (arguments.size() != 1) {
      return null;
    }
    Object value = arguments.getFirst();
    try {
      return switch (name) {
        case "string" -> String.valueOf(value);
        case "int" ->
            value instanceof Double number
                ? (Long) number.longValue()
                : Long.valueOf(String.valueOf(value));
        case "float" -> Double.valueOf(String.valueOf(value));
        case "bool" -> Boolean.valueOf(Values.text(value));
        case "path" ->
            new PathValue(
                List.of(Values.text(value).split("/", -1)).stream()
                    .filter(part -> !part.isEmpty())
                    .toList());
        default -> null;
      };
    } catch (NumberFormatException e) {
      throw new EvaluationException("Not a number");
    }
  }

  static Object of(String namespace, String function, List<@Nullable Object> arguments) {
    Object first = argument(arguments, 0);
    return switch (namespace + "." + function) {
      case "math.abs" ->
          first instanceof Long number ? (Object) Math.abs(number) : Math.abs(real(first));
      case "math.ceil" -> (long) Math.ceil(real(first));
      case "math.floor" -> (long) Math.floor(real(first));
      case "math.round" -> Math.round(real(first));
      case "math.sqrt" -> Math.sqrt(real(first));
      case "math.pow" -> Math.pow(real(first), real(argument(arguments, 1)));
      case "math.isInfinite" -> Double.isInfinite(real(first));
      case "math.isNaN" -> Double.isNaN(real(first));
      case "duration.value" -> duration(first, Values.text(argument(arguments, 1)));
      case "timestamp.value" -> Instant.ofEpochMilli((long) real(first));
      case "timestamp.date" -> date(arguments);
      default -> throw new EvaluationException("There is no " + namespace + "." + function);
    };
  }

  private static Instant date(List<@Nullable Object> arguments) {
    return ZonedDateTime.of(
            Values.number(argument(arguments, 0)),
            Values.number(argument(arguments, 1)),
            Values.number(argument(arguments, 2)),
            0,
            0,
            0,
            0,
            ZoneOffset.UTC)
        .toInstant();
  }

  private static Duration duration(@Nullable Object amount, String unit) {
    ChronoUnit chrono =
        switch (unit) {
          case "w" -> ChronoUnit.WEEKS;
          case "d" -> ChronoUnit.DAYS;
          case "h" -> ChronoUnit.HOURS;
          case "m" -> ChronoUnit.MINUTES;
          case "s" -> ChronoUnit.SECONDS;
          case "ms" -> ChronoUnit.MILLIS;
          case "ns" -> ChronoUnit.NANOS;
          default -> throw new EvaluationException("There is no unit " + unit);
        };
    return chrono.getDuration().multipliedBy((long) real(amount));
  }

  private static double real(@Nullable Object value) {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new EvaluationException("Not a number");
  }

  private static @Nullable Object argument(List<@Nullable Object> arguments, int at) {
    if (at >= arguments.size()) {
      throw new EvaluationException("An argument is missing");
    }
    return arguments.get(at);
  }

  static @Nullable Object call(
      @Nullable Object value, String method, List<@Nullable Object> arguments) {
    return switch (value) {
      case String text -> ofText(text, method, arguments);
      case Map<?, ?> map -> ofMap(map, method, arguments);
      case List<?> list -> ofList(list, method, arguments);
      case Set<?> set -> ofSet(set, method, arguments);
      case Instant instant -> ofTime(instant, method);
      case Duration duration -> ofDuration(duration, method);
      case null, default -> throw none(method);
    };
  }

  private static EvaluationException none(String method) {
    return new EvaluationException("There is no method " + method);
  }

  private static Object ofText(String text, String method, List<@Nullable Object> arguments) {
    return switch (method) {
      case "size" -> (long) text.codePointCount(0, text.length());
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "trim" -> text.strip();
      case "matches" -> pattern(arguments).matcher(text).matches();
      case "split" -> List.of(pattern(arguments).split(text, -1));
      case "replace" ->
          pattern(arguments).matcher(text).replaceAll(Values.text(argument(arguments, 1)));
      default -> throw none(method);
    };
  }

  /// RE2: an expression takes time in proportion to the text, whatever it is.
  private static Pattern pattern(List<@Nullable Object> arguments) {
    try {
      return Pattern.compile(Values.text(argument(arguments, 0)));
    } catch (PatternSyntaxException e) {
      throw new EvaluationException("Not a regular expression");
    }
  }

  private static @Nullable Object ofMap(
      Map<?, ?> map, String method, List<@Nullable Object> arguments) {
    return switch (method) {
      case "size" -> (long) map.size();
      case "keys" -> new ArrayList<Object>(map.keySet());
      case "values" -> new ArrayList<@Nullable Object>(map.values());
      case "get" -> get(map, argument(arguments, 0), argument(arguments, 1));
      default -> throw none(method);
    };
  }

  private static @Nullable Object get(
      Map<?, ?> map, @Nullable Object key, @Nullable Object otherwise) {
    if (!(key instanceof List<?> path)) {
      String name = Values.text(key);
      return map.containsKey(name) ? map.get(name) : otherwise;
    }
    Object value = map;
    for (Object name : path) {
      if (!(value instanceof Map<?, ?> inner) || !inner.containsKey(Values.text(name))) {
        return otherwise;
      }
      value = inner.get(Values.text(name));
    }
    return value;
  }

  private static Object ofList(List<?> list, String method, List<@Nullable Object> arguments) {
    return switch (method) {
      case "size" -> (long) list.size();
      case "join" ->
          list.stream()
              .map(String::valueOf)
              .collect(Collectors.joining(Values.text(argument(arguments, 0))));
      case "concat" -> {
        var all = new ArrayList<@Nullable Object>(list);
        all.addAll(many(arguments));
        yield all;
      }
      case "removeAll" -> {
        var left = new ArrayList<@Nullable Object>(list);
        left.removeAll(many(arguments));
        yield left;
      }
      case "toSet" -> new HashSet<@Nullable Object>(list);
      default -> compared(list, method, arguments);
    };
  }

  private static Object ofSet(Set<?> set, String method, List<@Nullable Object> arguments) {
    return switch (method) {
      case "size" -> (long) set.size();
      case "union" -> {
        var all = new HashSet<@Nullable Object>(set);
        all.addAll(many(arguments));
        yield all;
      }
      case "intersection" -> {
        var both = new HashSet<@Nullable Object>(set);
        both.retainAll(many(arguments));
        yield both;
      }
      case "difference" -> {
        var left = new HashSet<@Nullable Object>(set);
        left.removeAll(many(arguments));
        yield left;
      }
      default -> compared(set, method, arguments);
    };
  }

  private static Object compared(
      Collection<?> all, String method, List<@Nullable Object> arguments) {
    return switch (method) {
      case "hasAll" -> all.containsAll(many(arguments));
      case "hasAny" -> many(arguments).stream().anyMatch(all::contains);
      case "hasOnly" -> many(arguments).containsAll(all);
      default -> throw none(method);
    };
  }

  private static Collection<?> many(List<@Nullable Object> arguments) {
    if (argument(arguments, 0) instanceof Collection<?> many) {
      return many;
    }
    throw new EvaluationException("Not a list");
  }

  private static Object ofTime(Instant instant, String method) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    return switch (method) {
      case "year" -> (long) time.getYear();
      case "month" -> (long) time.getMonthValue();
      case "day" -> (long) time.getDayOfMonth();
      case "hours" -> (long) time.getHour();
      case "minutes" -> (long) time.getMinute();
      case "seconds" -> (long) time.getSecond();
      case "dayOfWeek" -> (long) time.getDayOfWeek().getValue();
      case "dayOfYear" -> (long) time.getDayOfYear();
      case "toMillis" -> instant.toEpochMilli();
      case "date" -> time.truncatedTo(ChronoUnit.DAYS).toInstant();
      case "time" -> Duration.between(time.truncatedTo(ChronoUnit.DAYS), time);
      default -> throw none(method);
    };
  }

  private static Object ofDuration(Duration duration, String method) {
    return switch (method) {
      case "seconds" -> duration.toSeconds();
      case "nanos" -> (long) duration.toNanosPart();
      default -> throw none(method);
    };
  }
}
