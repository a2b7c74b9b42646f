package dev.fireside.emulator.database.tree;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/// Nodes as JSON.
public final class Json {
  /// How much of a node is written.
  public enum Format {
    /// Values alone; children whose keys are mostly small integers become an array, as in REST.
    PLAIN,
    /// Values alone, never as an array, so that a change can be merged into them.
    OBJECTS,
    /// With `.priority` and `.value`, never as an array: what the SDKs and `format=export` read.
    EXPORT
  }

  /// About what a number or a boolean takes.
  private static final int NUMBER_CHARS = 8;

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static String text(Node node, Format format) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = MAPPER.createGenerator(text)) {
      write(out, node, format);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  public static JsonNode tree(Node node, Format format) {
    try (TokenBuffer buffer = new TokenBuffer(MAPPER, false)) {
      write(buffer, node, format);
      return MAPPER.readTree(buffer.asParser());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void write(JsonGenerator out, Node node, Format format) throws IOException {
    switch (node) {
      case Leaf leaf when format == Format.EXPORT && !leaf.priority().isEmpty() -> {
        out.writeStartObject();
        out.writeFieldName(".value");
        writeValue(out, leaf);
        writePriority(out, leaf);
        out.writeEndObject();
      }
      case Leaf leaf -> writeValue(out, leaf);
      case Branch branch when branch.isEmpty() -> out.writeNull();
      case Branch branch when format == Format.PLAIN && isArray(branch) -> writeArray(out, branch);
      case Branch branch -> writeObject(out, branch, format);
    }
  }

  private static void writeObject(JsonGenerator out, Branch branch, Format format)
      throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Node> child : branch.children()) {
      out.writeFieldName(child.getKey());
      write(out, child.getValue(), format);
    }
    if (format == Format.EXPORT) {
      writePriority(out, branch);
    }
    out.writeEndObject();
  }

  private static void writePriority(JsonGenerator out, Node node) throws IOException {
    if (node.priority() instanceof Leaf priority) {
      out.writeFieldName(Keys.PRIORITY);
      writeValue(out, priority);
    }
  }

  private static void writeValue(JsonGenerator out, Leaf leaf) throws IOException {
    switch (leaf.value()) {
      case Boolean value -> out.writeBoolean(value);
      case Long value -> out.writeNumber(value);
      case Double value -> out.writeNumber(value);
      default -> out.writeString((String) leaf.value());
    }
  }

  /// What is left of so many characters once a node is written with them; negative when they do not
  /// do, and then the rest of the node is not looked at.
  static long without(long chars, Node node) {
    if (node instanceof Leaf leaf) {
      return chars - (leaf.value() instanceof String text ? text.length() + 2 : NUMBER_CHARS);
    }
    long left = chars;
    if (node instanceof Branch branch) {
      for (Map.Entry<String, Node> child : branch.children()) {
        left = without(left - child.getKey().length() - 4, child.getValue());
        if (left < 0) {
          break;
        }
      }
    }
    return left;
  }

  /// More than half of the places from 0 to the highest key must be taken.
  private static boolean isArray(Branch branch) {
    int last = -1;
    for (Map.Entry<String, Node> child : branch.children()) {
      last = Keys.arrayIndex(child.getKey());
      if (last < 0) {
        return false;
      }
    }
    return last < 2L * branch.size();
  }

  private static void writeArray(JsonGenerator out, Branch branch) throws IOException {
    out.writeStartArray();
    int next = 0;
    for (Map.Entry<String, Node> child : branch.children()) {
      int index = Keys.arrayIndex(child.getKey());
      for (; next < index; next++) {
        out.writeNull();
      }
      write(out, child.getValue(), Format.PLAIN);
      next++;
    }
    out.writeEndArray();
  }
}
