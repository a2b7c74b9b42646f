package dev.fireside.shared.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/// One line of JSON a record, with the fields that Cloud Logging lifts out of it
/// (<https://cloud.google.com/logging/docs/structured-logging>).
///
/// Parameters of a record that are maps become fields of the line.
final class JsonLogFormatter extends Formatter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String projectId;
  private final String service;

  JsonLogFormatter(String projectId, String service) {
    this.projectId = projectId;
    this.service = service;
  }

  @Override
  public String format(LogRecord record) {
    var line = new LinkedHashMap<String, Object>();
    line.put("severity", severity(record.getLevel()));
    line.put("time", record.getInstant().toString());
    line.put("message", message(record));
    line.put("logger", String.valueOf(record.getLoggerName()));
    line.put("service", service);
    Trace.current()
        .ifPresent(trace -> {
          line.put(
              "logging.googleapis.com/trace",
              "projects/" + projectId + "/traces/" + trace.traceId());
          line.put("logging.googleapis.com/spanId", trace.spanId());
        });
    if (record.getParameters() != null) {
      for (Object parameter : record.getParameters()) {
        if (parameter instanceof Map<?, ?> fields) {
          fields.forEach((key, value) -> line.putIfAbsent(String.valueOf(key), value));
        }
      }
    }
    try {
      return JSON.writeValueAsString(line) + "\n";
    } catch (JsonProcessingException e) {
      return written(plain(line));
    }
  }

  /// The same line with texts for the values that are no JSON.
  private static Map<String, Object> plain(Map<String, Object> line) {
    var texts = new LinkedHashMap<String, Object>();
    line.forEach((key, value) -> texts.put(key, String.valueOf(value)));
    return texts;
  }

  private static String written(Map<String, Object> line) {
    try {
      return JSON.writeValueAsString(line) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts that are no JSON", e);
    }
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
