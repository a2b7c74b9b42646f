package dev.fireside.emulator.database.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Window;
import dev.fireside.emulator.database.tree.Write;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// What is sent to all who listen alike: one value for a place, or several at once.
public final class Change {
  private final Path at;
  private final Write write;
  private final Map<Object, Object> encoded = new ConcurrentHashMap<>();

  Change(Window window, Write write) {
    boolean one = write.puts().size() == 1;
    this.at = one ? write.puts().firstKey() : window.at();
    this.write = write;
  }

  /// Where the value stands, or what the names of the several are below.
  public Path at() {
    return at;
  }

  /// Whether these are several.
  public boolean isMerge() {
    return write.puts().size() > 1;
  }

  /// The value, or an object with the several; with priorities, in export form.
  public String json() {
    return isMerge() ? write.mergeAt(at).toString() : Json.text(value(), Json.Format.EXPORT);
  }

  /// The same without priorities, as REST has it.
  public JsonNode plain() {
    if (!isMerge()) {
      return Json.tree(value(), Json.Format.PLAIN);
    }
    ObjectNode several = JsonNodeFactory.instance.objectNode();
    write
        .puts()
        .forEach((path, node) ->
            several.set(
                String.join("/", path.from(at.size()).segments()),
                Json.tree(node, Json.Format.PLAIN)));
    return several;
  }

  private Node value() {
    return Objects.requireNonNull(write.puts().get(write.puts().firstKey()));
  }

  /// This change as one of its receivers sends it, made once for all with the same key.
  @SuppressWarnings("unchecked") // A key belongs to one type.
  public <T> T encoded(Object key, Function<Change, T> encoder) {
    return (T) encoded.computeIfAbsent(key, _ -> encoder.apply(this));
  }
}
