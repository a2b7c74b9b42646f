package dev.fireside.shared.telemetry;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A JSON object on one line, written field by field. The first field of a name stays.
final class JsonLine {
  private static final int LENGTH = 512;

  private final StringBuilder text = new StringBuilder(LENGTH).append('{');
  private final List<String> names = new ArrayList<>();

  /// Adds a field. Numbers, truths, maps and null are written as such, everything else as a text.
  void add(String name, @Nullable Object value) {
    if (names.contains(name)) {
      return;
    }
    if (!names.isEmpty()) {
      text.append(',');
    }
    names.add(name);
    writeText(name);
    text.append(':');
    write(value);
  }

  /// The line, with its end.
  String end() {
    return text.append("}\n").toString();
  }

  private void write(@Nullable Object value) {
    switch (value) {
      case Integer number -> text.append(number.intValue());
      case Long number -> text.append(number.longValue());
      case Boolean truth -> text.append(truth.booleanValue());
      case Map<?, ?> fields -> writeObject(fields);
      case null -> text.append("null");
      default -> writeText(String.valueOf(value));
    }
  }

  private void writeObject(Map<?, ?> fields) {
    char before = '{';
    for (var field : fields.entrySet()) {
      text.append(before);
      before = ',';
      writeText(String.valueOf(field.getKey()));
      text.append(':');
      write(field.getValue());
    }
    text.append(before == '{' ? "{}" : "}");
  }

  private void writeText(String value) {
    text.append('"');
    JsonStringEncoder.getInstance().quoteAsString(value, text);
    text.append('"');
  }
}
