package dev.fireside.emulator.database.tree;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads queries as the SDKs send them and as REST has them.
public final class QueryReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> BOUNDS =
      List.of("startAt", "startAfter", "endAt", "endBefore", "equalTo");
  private static final List<String> LIMITS = List.of("limitToFirst", "limitToLast");

  private QueryReader() {}

  /// Reads the object `q` of a message: `i`, `sp`, `sn`, `sin`, `ep`, `en`, `ein`, `l` and `vf`.
  public static Query message(JsonNode q) {
    Index index = Index.parse(q.path("i").asText(Keys.PRIORITY));
    Query.Bound start =
        bound(index, q.get("sp"), name(q, "sn"), Keys.MIN, q.path("sin").asBoolean(true));
    Query.Bound end =
        bound(index, q.get("ep"), name(q, "en"), Keys.MAX, q.path("ein").asBoolean(true));
    JsonNode side = q.path("vf");
    boolean fromLeft = side.isTextual() ? side.textValue().equals("l") : start != null;
    return new Query(index, start, end, q.has("l") ? limit(q.get("l")) : 0, fromLeft);
  }

  private static @Nullable String name(JsonNode q, String field) {
    return q.hasNonNull(field) ? q.get(field).asText() : null;
  }

  /// Reads the parameters of a request; those that are not about a query are ignored.
  public static Query parameters(Map<String, String> parameters) {
    boolean limited = LIMITS.stream().anyMatch(parameters::containsKey);
    if (!parameters.containsKey("orderBy")) {
      if (limited || BOUNDS.stream().anyMatch(parameters::containsKey)) {
        throw new InvalidDataException(
            "orderBy must be defined when other query parameters are defined");
      }
      return Query.ALL;
    }
    checkCombination(parameters);
    ObjectNode q = JsonNodeFactory.instance.objectNode();
    JsonNode orderBy = json(parameters, "orderBy");
    if (!orderBy.isTextual()) {
      throw new InvalidDataException("orderBy must be a string in JSON, such as \"$key\"");
    }
    String order = orderBy.textValue();
    q.put(
        "i",
        List.of("$key", "$value", "$priority").contains(order) ? "." + order.substring(1) : order);
    boolean byKey = order.equals("$key");
    set(q, parameters, "equalTo", "sp", "ep");
    set(q, parameters, "startAt", "sp");
    set(q, parameters, "endAt", "ep");
    if (set(q, parameters, "startAfter", "sp")) {
      after(q, byKey, "sn", Keys.MAX, "sin");
    }
    if (set(q, parameters, "endBefore", "ep")) {
      after(q, byKey, "en", Keys.MIN, "ein");
    }
    set(q, parameters, "limitToFirst", "l");
    set(q, parameters, "limitToLast", "l");
    q.put("vf", parameters.containsKey("limitToLast") ? "r" : "l");
    return message(q);
  }

  private static void after(
      ObjectNode q, boolean byKey, String name, String key, String inclusive) {
    if (!byKey) {
      q.put(name, key);
    }
    q.put(inclusive, false);
  }

  private static boolean set(
      ObjectNode q, Map<String, String> parameters, String parameter, String... fields) {
    if (!parameters.containsKey(parameter)) {
      return false;
    }
    JsonNode value = json(parameters, parameter);
    for (String field : fields) {
      q.set(field, value);
    }
    return true;
  }

  private static void checkCombination(Map<String, String> parameters) {
    if (parameters.keySet().containsAll(LIMITS)) {
      throw new InvalidDataException("Only one of limitToFirst and limitToLast may be specified");
    }
    long bounds = BOUNDS.stream().filter(parameters::containsKey).count();
    if (parameters.containsKey("equalTo") && bounds > 1) {
      throw new InvalidDataException(
          "equalTo cannot be specified in addition to startAt, startAfter, endAt or endBefore");
    }
    if (parameters.keySet().containsAll(List.of("startAt", "startAfter"))
        || parameters.keySet().containsAll(List.of("endAt", "endBefore"))) {
      throw new InvalidDataException("A query has at most one start and one end");
    }
  }

  private static JsonNode json(Map<String, String> parameters, String name) {
    try {
      return MAPPER.readTree(parameters.get(name));
    } catch (JacksonException e) {
      throw new InvalidDataException("%s must be a valid JSON encoded value".formatted(name));
    }
  }

  private static Query.@Nullable Bound bound(
      Index index,
      @Nullable JsonNode value,
      @Nullable String name,
      String outer,
      boolean inclusive) {
    if (value == null && name == null) {
      return null;
    }
    Node sort = value == null ? Node.empty() : primitive(value);
    if (index instanceof Index.Key) {
      if (!(sort instanceof Leaf leaf && leaf.value() instanceof String key)) {
        throw new InvalidDataException("Ordered by key, a query starts and ends at strings");
      }
      return new Query.Bound(Node.empty(), key, inclusive);
    }
    return new Query.Bound(sort, name == null ? outer : name, inclusive);
  }

  private static Node primitive(JsonNode value) {
    if (value.isContainerNode()) {
      throw new InvalidDataException(
          "A query starts and ends at a string, number, boolean or null");
    }
    return new NodeReader(0).read(value, Path.ROOT, Node.empty());
  }

  private static int limit(JsonNode limit) {
    if (!limit.isIntegralNumber() || !limit.canConvertToInt() || limit.intValue() < 1) {
      throw new InvalidDataException("A limit must be a positive integer");
    }
    return limit.intValue();
  }
}
