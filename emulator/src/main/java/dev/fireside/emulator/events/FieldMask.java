package dev.fireside.emulator.events;

import com.google.events.cloud.firestore.v1.Document;
import com.google.events.cloud.firestore.v1.DocumentMask;
import com.google.events.cloud.firestore.v1.Value;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The paths of the fields in which two states of a document differ.
final class FieldMask {
  private static final Pattern SIMPLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private FieldMask() {}

  static DocumentMask between(Document before, Document after) {
    var paths = new TreeSet<String>();
    collect("", before.getFieldsMap(), after.getFieldsMap(), paths);
    return DocumentMask.newBuilder().addAllFieldPaths(paths).build();
  }

  private static void collect(
      String prefix, Map<String, Value> before, Map<String, Value> after, Set<String> paths) {
    var names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      Value left = before.get(name);
      Value right = after.get(name);
      String path = prefix + quoted(name);
      if (left != null && right != null && left.hasMapValue() && right.hasMapValue()) {
        collect(
            path + ".",
            left.getMapValue().getFieldsMap(),
            right.getMapValue().getFieldsMap(),
            paths);
      } else if (left == null || !left.equals(right)) {
        paths.add(path);
      }
    }
  }

  private static String quoted(String name) {
    return SIMPLE.matcher(name).matches()
        ? name
        : "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`";
  }
}
