package dev.fireside.emulator.database.tree;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/// The difference of two nodes as events carry it: merged into the first, it gives the second.
/// Names that are gone are null; a value that is no object replaces what was there.
public final class Delta {
  private Delta() {}

  public static JsonNode of(Node before, Node after) {
    if (!(before instanceof Branch old)
        || !(after instanceof Branch now)
        || old.isEmpty()
        || now.isEmpty()) {
      return Json.tree(after, Json.Format.OBJECTS);
    }
    ObjectNode delta = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, Node> child : now.children()) {
      Node was = old.child(child.getKey());
      if (!was.equals(child.getValue())) {
        delta.set(child.getKey(), of(was, child.getValue()));
      }
    }
    for (Map.Entry<String, Node> child : old.children()) {
      if (now.child(child.getKey()).isEmpty()) {
        delta.putNull(child.getKey());
      }
    }
    return delta;
  }
}
