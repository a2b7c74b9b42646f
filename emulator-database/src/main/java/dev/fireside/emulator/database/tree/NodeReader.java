package dev.fireside.emulator.database.tree;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;

/// Reads JSON as nodes: arrays, `.value` and `.priority`, and server values, which are resolved
/// against what stands at their place. Whatever is not allowed is an [InvalidDataException] that
/// names the place.
public final class NodeReader {
  private static final String VALUE = ".value";
  private static final String SERVER_VALUE = ".sv";

  private final long nowMillis;

  /// @param nowMillis what the server value `timestamp` becomes
  public NodeReader(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  /// Reads what is to stand at a path, where `existing` stands now.
  public Node read(JsonNode json, Path at, Node existing) {
    try {
      at.checkDepth();
      return at.endsInPriority() ? priority(json, existing) : value(json, at, existing);
    } catch (InvalidDataException e) {
      String message = e.getMessage();
      throw message != null && message.startsWith("Invalid data at ")
          ? e
          : new InvalidDataException("Invalid data at %s: %s".formatted(at, message));
    }
  }

  private Node value(JsonNode json, Path at, Node existing) {
    if (json.isArray()) {
      Map<String, Node> children = new HashMap<>();
      for (int i = 0; i < json.size(); i++) {
        put(children, Integer.toString(i), json.get(i), at, existing);
      }
      return Branch.of(children);
    }
    if (!json.isObject()) {
      return leaf(json);
    }
    if (json.has(SERVER_VALUE)) {
      return serverValue(json, existing);
    }
    Node node = json.has(VALUE) ? wrapped(json, existing) : children(json, at, existing);
    return json.has(Keys.PRIORITY)
        ? node.withPriority(priority(json.get(Keys.PRIORITY), existing.priority()))
        : node;
  }

  private Node children(JsonNode json, Path at, Node existing) {
    Map<String, Node> children = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!field.getKey().equals(Keys.PRIORITY)) {
        put(children, Keys.check(field.getKey()), field.getValue(), at, existing);
      }
    }
    return Branch.of(children);
  }

  private void put(Map<String, Node> children, String key, JsonNode json, Path at, Node existing) {
    Node child = read(json, at.child(key), existing.child(key));
    if (!child.isEmpty()) {
      children.put(key, child);
    }
  }

  private Node wrapped(JsonNode json, Node existing) {
    if (json.size() > (json.has(Keys.PRIORITY) ? 2 : 1)) {
      throw new InvalidDataException("Beside .value only .priority may stand");
    }
    JsonNode value = json.get(VALUE);
    return value.has(SERVER_VALUE) ? serverValue(value, existing) : leaf(value);
  }

  private Node priority(JsonNode json, Node existing) {
    Node priority = json.has(SERVER_VALUE) ? serverValue(json, existing) : leaf(json);
    if (priority instanceof Leaf leaf && leaf.value() instanceof Boolean) {
      throw new InvalidDataException("A priority must be a number, a string or null");
    }
    return priority;
  }

  private static Node leaf(JsonNode json) {
    return switch (json.getNodeType()) {
      case NULL, MISSING -> Node.empty();
      case BOOLEAN -> Leaf.of(json.booleanValue());
      case NUMBER -> number(json);
      case STRING -> Leaf.of(Text.check(json.textValue()));
      default -> throw new InvalidDataException("A string, number, boolean or null was expected");
    };
  }

  private static Node number(JsonNode json) {
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return Leaf.of(json.longValue());
    }
    return finite(json.doubleValue());
  }

  private static Node finite(double value) {
    if (!Double.isFinite(value)) {
      throw new InvalidDataException("A number is too large");
    }
    return Leaf.of(value);
  }

  private Node serverValue(JsonNode json, Node existing) {
    JsonNode operation = json.get(SERVER_VALUE);
    if (json.size() == 1 && operation.isTextual() && operation.textValue().equals("timestamp")) {
      return Leaf.of(nowMillis);
    }
    JsonNode delta = operation.path("increment");
    if (json.size() != 1 || operation.size() != 1 || !delta.isNumber()) {
      throw new InvalidDataException(
          "A server value is {\".sv\": \"timestamp\"} or {\".sv\": {\"increment\": number}}");
    }
    return sum(existing, number(delta));
  }

  private static Node sum(Node existing, Node delta) {
    if (!(existing instanceof Leaf leaf)
        || !(leaf.value() instanceof Number a)
        || !(delta instanceof Leaf added)
        || !(added.value() instanceof Number b)) {
      return delta;
    }
    if (a instanceof Long x && b instanceof Long y) {
      long sum = x + y;
      boolean overflown = ((x ^ sum) & (y ^ sum)) < 0;
      if (!overflown) {
        return Leaf.of(sum);
      }
    }
    return finite(a.doubleValue() + b.doubleValue());
  }
}
