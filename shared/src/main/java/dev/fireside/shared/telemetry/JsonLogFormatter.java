package dev.fireside.shared.telemetry;

import dev.fireside.shared.json.InstantText;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// One line of JSON a record, with the fields that Cloud Logging lifts out of it
/// (<https://cloud.google.com/logging/docs/structured-logging>).
///
/// Parameters of a record that are maps become fields of the line.
final class JsonLogFormatter extends Formatter {
  private final String traces;
  private final String service;

  JsonLogFormatter(String projectId, String service) {
    this.traces = "projects/" + projectId + "/traces/";
    this.service = service;
  }

  @Override
  public String format(LogRecord record) {
    // Each request writes a line: a tree of fields and a generator for each would take longer than
    // the rest of its log.
    var line = new JsonLine();
    line.add("severity", severity(record.getLevel()));
    line.add("time", InstantText.of(record.getInstant()));
    line.add("message", message(record));
    line.add("logger", String.valueOf(record.getLoggerName()));
    line.add("service", service);
    Trace trace = Trace.CURRENT.isBound() ? Trace.CURRENT.get() : null;
    if (trace != null) {
      line.add("logging.googleapis.com/trace", traces + trace.traceId());
      line.add("logging.googleapis.com/spanId", trace.spanId());
    }
    if (record.getParameters() != null) {
      for (Object parameter : record.getParameters()) {
        if (parameter instanceof Map<?, ?> fields) {
          fields.forEach((name, value) -> line.add(String.valueOf(name), value));
        }
      }
    }
    return line.end();
  }

  private String message(LogRecord record) {
    if (record.getThrown() == null) {
      return formatMessage(record);
    }
    // Error Reporting finds the stack trace in the message.
    var text = new StringWriter();
    record.getThrown().printStackTrace(new PrintWriter(text));
    return formatMessage(record) + "\n" + text;
  }

  private static String severity(Level level) {
    if (level.intValue() >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (level.intValue() >= Level.WARNING.intValue()) {
      return "WARNING";
    }
    return level.intValue() >= Level.INFO.intValue() ? "INFO" : "DEBUG";
  }
}
