package dev.fireside.emulator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Logs for a terminal: one short line a record.
final class DevLogs {
  // java.util.logging forgets loggers nobody holds, and their levels with them.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");
  private static final Logger GRPC = Logger.getLogger("io.grpc");
  private static final Logger ACCESS = Logger.getLogger("access");

  private DevLogs() {}

  static void install() {
    LogManager.getLogManager().reset();
    Handler handler = new ConsoleHandler();
    handler.setFormatter(new ShortFormatter());
    handler.setLevel(Level.ALL);
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.INFO);
    JETTY.setLevel(Level.WARNING);
    GRPC.setLevel(Level.WARNING);
  }

  /// Shows each request, or not: not while a task prints.
  static void showRequests(boolean show) {
    ACCESS.setLevel(show ? Level.INFO : Level.WARNING);
  }

  private static final class ShortFormatter extends Formatter {
    @Override
    public String format(LogRecord record) {
      LocalTime time =
          LocalTime.ofInstant(record.getInstant(), ZoneId.systemDefault())
              .truncatedTo(ChronoUnit.MILLIS);
      var line = new StringWriter();
      line.append(time.toString()).append(' ');
      if (!record.getLevel().equals(Level.INFO)) {
        line.append(record.getLevel().getName()).append(' ');
      }
      String request = request(record);
      line.append(request == null ? formatMessage(record) : request);
      line.append('\n');
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(line));
      }
      return line.toString();
    }

    /// A line of the access log says all it has to say in its parameters.
    private static @org.jspecify.annotations.Nullable String request(LogRecord record) {
      Object[] parameters = record.getParameters();
      return parameters != null
              && parameters.length == 1
              && parameters[0] instanceof Map<?, ?> fields
              && fields.get("httpRequest") instanceof Map<?, ?> request
          ? "%s %s %s %s"
              .formatted(
                  request.get("requestMethod"),
                  request.get("requestUrl"),
                  request.get("status"),
                  milliseconds(String.valueOf(request.get("latency"))))
          : null;
    }

    /// Cloud Logging has seconds: `0.003388s`.
    private static String milliseconds(String latency) {
      double seconds = Double.parseDouble(latency.substring(0, latency.length() - 1));
      return String.format(Locale.ROOT, "%.1f ms", seconds * 1000);
    }
  }
}
