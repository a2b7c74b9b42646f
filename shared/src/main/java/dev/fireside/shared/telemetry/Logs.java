package dev.fireside.shared.telemetry;

import dev.fireside.shared.config.Config;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// The logging of a process.
public final class Logs {
  // java.util.logging forgets loggers nobody holds, and their levels with them.
  private static final Logger ROOT = Logger.getLogger("");
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  private Logs() {}

  /// Sends every log to standard error as JSON lines. Called once, at the start of a process.
  public static void installJson(Config config) {
    LogManager.getLogManager().reset();
    Handler handler = new JsonLines(new JsonLogFormatter(config.projectId(), config.service()));
    handler.setLevel(Level.ALL);
    handler.setFilter(record -> !(record.getThrown() instanceof LoggedException));
    ROOT.addHandler(handler);
    ROOT.setLevel(Level.INFO);
    GRPC.setLevel(Level.WARNING);
  }
}
