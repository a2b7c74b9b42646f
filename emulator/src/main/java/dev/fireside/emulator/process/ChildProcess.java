package dev.fireside.emulator.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One child process: it never outlives this JVM, and its output goes to a file.
final class ChildProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);

  static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
  private static final int TAIL_LINES = 20;

  // Our end of the child's standard input closes when this JVM ends in any way, SIGKILL included;
  // the watcher then ends the child, whose process id `$$` stays that of the shell because of exec.
  // The second fork detaches the watcher, so that it is not a child of the service. A Ctrl-C in a
  // terminal reaches the whole process group: ignored here, so that the watcher and the Java
  // children outlive the drain of this JVM (Redis handles the signal itself and ends).
  private static final String WATCHED =
      """
      trap '' INT HUP
      exec 3<&0
      ( ( cat <&3 >/dev/null; kill -9 $$ ) >/dev/null 2>&1 & )
      exec "$@" </dev/null 3<&-
      """;

  private final String service;
  private final int port;
  private final Process process;
  private final Path logFile;

  private ChildProcess(String service, int port, Process process, Path logFile) {
    this.service = service;
    this.port = port;
    this.process = process;
    this.logFile = logFile;
  }

  /// Starts `command` in `directory`, where its output is appended to `output.log`.
  static ChildProcess start(String service, int port, Path directory, List<String> command) {
    return start(service, port, directory, command, Map.of());
  }

  /// The same with variables of its environment beside those of this process.
  static ChildProcess start(
      String service,
      int port,
      Path directory,
      List<String> command,
      Map<String, String> environment) {
    Path logFile = directory.resolve("output.log");
    var builder =
        new ProcessBuilder(watched(command))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile.toFile()));
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      if (WINDOWS) {
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      }
      log.debug("{} on port {} is process {}, log {}", service, port, process.pid(), logFile);
      return new ChildProcess(service, port, process, logFile);
    } catch (IOException e) {
      throw new StartUpException(
          "%s cannot start: %s".formatted(service, String.join(" ", command)), e);
    }
  }

  private static List<String> watched(List<String> command) {
    if (WINDOWS) {
      return command;
    }
    List<String> words = new ArrayList<>(List.of("/bin/sh", "-c", WATCHED, "sh"));
    words.addAll(command);
    return words;
  }

  /// Waits until `ready` says so; a child that ends before, or takes longer than `limit`, fails
  /// with the end of its log.
  void awaitReady(BooleanSupplier ready, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      if (waitFor(POLL)) {
        throw failed("ended with exit code " + process.exitValue());
      }
      if (ready.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw failed("was not ready after " + limit.toSeconds() + " s");
      }
    }
  }

  private StartUpException failed(String what) {
    return new StartUpException(
        "%s on port %d %s. Its log is %s and ends with:%n%s"
            .formatted(service, port, what, logFile, tail()));
  }

  private String tail() {
    try {
      List<String> lines =
          new String(Files.readAllBytes(logFile), StandardCharsets.UTF_8).lines().toList();
      return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    } catch (IOException e) {
      return "(unreadable: " + e + ")";
    }
  }

  /// Waits for its end, and kills it after `limit`.
  ///
  /// @return its status
  int awaitEnd(Duration limit) {
    if (!waitFor(limit)) {
      kill();
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /// SIGKILL: the process has no chance to say goodbye to its clients.
  void kill() {
    process.destroyForcibly();
    if (!waitFor(STOP_LIMIT)) {
      log.warn("{} (process {}) is still there after SIGKILL", service, process.pid());
    }
  }

  @Override
  public void close() {
    process.destroy();
    if (!waitFor(STOP_LIMIT)) {
      kill();
    }
  }

  private boolean waitFor(Duration limit) {
    try {
      return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new StartUpException("interrupted while waiting for " + service, e);
    }
  }
}
