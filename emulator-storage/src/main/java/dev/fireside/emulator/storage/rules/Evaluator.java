package dev.fireside.emulator.storage.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Works expressions out. What has no value is an error; `true || error` is true, in either order,
/// and so is `false && error` false.
final class Evaluator {
  private static final int CALLS_MAX = 20;
  private static final int STEPS_MAX = 1_000;

  private final String bucket;
  private final Documents documents;
  private int calls;
  private int steps;

  Evaluator(String bucket, Documents documents) {
    this.bucket = bucket;
    this.documents = documents;
  }

  /// Whether a condition is true; null is the one that always is.
  boolean holds(@Nullable Expression condition, Scope scope) {
    try {
      return condition == null || Boolean.TRUE.equals(value(condition, scope));
    } catch (EvaluationException e) {
      return false;
    }
  }

  private @Nullable Object value(Expression expression, Scope scope) {
    steps++;
    if (steps > STEPS_MAX) {
      throw new EvaluationException("Too many expressions");
    }
    return switch (expression) {
      case Expression.Literal(Object value) -> value;
      case Expression.Name(String name) -> scope.variable(name);
      case Expression.ListOf(List<Expression> items) -> values(items, scope);
      case Expression.MapOf map -> map(map, scope);
      case Expression.PathOf(List<Expression> parts) -> path(parts, scope);
      case Expression.Member(Expression of, String name) -> Values.member(value(of, scope), name);
      case Expression.Index(Expression of, Expression at) ->
          Values.index(value(of, scope), value(at, scope));
      case Expression.Slice slice ->
          Values.slice(
              value(slice.of(), scope), value(slice.from(), scope), value(slice.to(), scope));
      case Expression.Not(Expression of) -> !Values.bool(value(of, scope));
      case Expression.Negative(Expression of) -> Values.negative(value(of, scope));
      case Expression.Binary binary -> binary(binary, scope);
      case Expression.Is(Expression of, String type) -> Values.is(value(of, scope), type);
      case Expression.Conditional conditional ->
          Values.bool(value(conditional.condition(), scope))
              ? value(conditional.yes(), scope)
              : value(conditional.no(), scope);
      case Expression.Call(String function, List<Expression> arguments) ->
          call(function, values(arguments, scope), scope);
      case Expression.MethodCall call -> method(call, scope);
    };
  }

  private List<@Nullable Object> values(List<Expression> expressions, Scope scope) {
    var values = new ArrayList<@Nullable Object>();
    expressions.forEach(expression -> values.add(value(expression, scope)));
    return values;
  }

  private Map<String, @Nullable Object> map(Expression.MapOf map, Scope scope) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    for (Expression.Entry entry : map.entries()) {
      values.put(Values.text(value(entry.key(), scope)), value(entry.value(), scope));
    }
    return values;
  }

  private PathValue path(List<Expression> parts, Scope scope) {
    var path = new ArrayList<String>();
    for (Expression part : parts) {
      Object value = value(part, scope);
      if (value instanceof PathValue(List<String> inner)) {
        path.addAll(inner);
      } else {
        path.add(Values.text(value));
      }
    }
    return new PathValue(path);
  }

  private @Nullable Object binary(Expression.Binary binary, Scope scope) {
    return switch (binary.operator()) {
      case "||" -> either(binary, scope, true);
      case "&&" -> either(binary, scope, false);
      case "==" -> Values.equal(value(binary.left(), scope), value(binary.right(), scope));
      case "!=" -> !Values.equal(value(binary.left(), scope), value(binary.right(), scope));
      default ->
          Values.binary(
              binary.operator(), value(binary.left(), scope), value(binary.right(), scope));
    };
  }

  /// @param decisive the value of one side that makes the other one irrelevant
  private boolean either(Expression.Binary binary, Scope scope, boolean decisive) {
    boolean left;
    try {
      left = Values.bool(value(binary.left(), scope));
    } catch (EvaluationException e) {
      if (Values.bool(value(binary.right(), scope)) == decisive) {
        return decisive;
      }
      throw e;
    }
    return left == decisive ? decisive : Values.bool(value(binary.right(), scope));
  }

  private @Nullable Object call(String name, List<@Nullable Object> arguments, Scope scope) {
    Object built = Methods.global(name, arguments);
    if (built != null) {
      return built;
    }
    Scope.Defined defined = scope.function(name);
    Rule.Function function = defined.function();
    calls++;
    if (calls > CALLS_MAX || arguments.size() != function.parameters().size()) {
      throw new EvaluationException("The function " + name + " cannot be called so");
    }
    var variables = new HashMap<String, @Nullable Object>();
    for (int i = 0; i < arguments.size(); i++) {
      variables.put(function.parameters().get(i), arguments.get(i));
    }
    Scope inside = new Scope(variables, Map.of(), defined.scope());
    for (Rule.Let let : function.lets()) {
      variables.put(let.name(), value(let.value(), inside));
    }
    Object result = value(function.result(), inside);
    calls--;
    return result;
  }

  private @Nullable Object method(Expression.MethodCall call, Scope scope) {
    List<@Nullable Object> arguments = values(call.arguments(), scope);
    if (call.of() instanceof Expression.Name(String name) && Methods.isNamespace(name)) {
      return name.equals("firestore")
          ? firestore(call.method(), arguments)
          : Methods.of(name, call.method(), arguments);
    }
    return Methods.call(value(call.of(), scope), call.method(), arguments);
  }

  private Object firestore(String method, List<@Nullable Object> arguments) {
    if (arguments.size() != 1 || !(arguments.getFirst() instanceof PathValue path)) {
      throw new EvaluationException("firestore." + method + " takes a path");
    }
    var found = documents.find(bucket, path.toString());
    return switch (method) {
      case "exists" -> found.isPresent();
      case "get" -> {
        var document = new HashMap<String, @Nullable Object>();
        document.put(
            "data", found.orElseThrow(() -> new EvaluationException("There is no " + path)));
        document.put("id", Objects.requireNonNull(path.parts().getLast()));
        document.put("__name__", path);
        yield document;
      }
      default -> throw new EvaluationException("There is no firestore." + method);
    };
  }
}
