package dev.fireside.benchmarks.http;

import dev.fireside.benchmarks.load.HttpConnection;
import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A server under load, in a process of its own. What it prints goes into a file: a log costs what
/// it costs.
///
/// @param name its name in tables
record Service(String name, Process process, URI base) implements AutoCloseable {
  /// As `memory` in the manifests of the functions that are measured.
  private static final int MEMORY_MIB = 512;

  private static final int HEAP_PERCENT = 60;
  private static final int START_SECONDS = 60;
  private static final int STOP_SECONDS = 20;
  private static final long POLL_MILLIS = 50;

  /// One function of ours, as the image starts it.
  ///
  /// @param root the folder of the project
  static Service ours(
      Path root, String function, List<String> javaOptions, Map<String, String> settings)
      throws IOException {
    Path image = root.resolve("image/target");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + root.resolve("image/jvm.args"));
    command.add("-XX:MaxRAM=" + MEMORY_MIB + "m");
    command.addAll(javaOptions);
    command.add("@" + image.resolve("classpath.args"));
    command.add("dev.fireside.runtime.Main");
    int port = freePort();
    var variables = new java.util.HashMap<>(settings);
    variables.put("PORT", Integer.toString(port));
    variables.put("FUNCTION_TARGET", function);
    variables.put("K_SERVICE", function);
    return start(function, image, command, variables, port);
  }

  /// The Express server.
  ///
  /// @param root the folder of the project
  static Service peer(Path root, Map<String, String> settings) throws IOException {
    int port = freePort();
    var variables = new java.util.HashMap<>(settings);
    variables.put("PORT", Integer.toString(port));
    variables.put("NODE_ENV", "production");
    return start(
        "express",
        root.resolve("benchmarks/peers/http"),
        List.of("node", "--max-old-space-size=" + MEMORY_MIB * HEAP_PERCENT / 100, "server.js"),
        variables,
        port);
  }

  private static Service start(
      String name, Path directory, List<String> command, Map<String, String> variables, int port)
      throws IOException {
    File log = File.createTempFile("fireside-benchmark-" + name, ".log");
    log.deleteOnExit();
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(log);
    builder.environment().putAll(variables);
    var service = new Service(name, builder.start(), URI.create("http://127.0.0.1:" + port));
    try {
      service.awaitHealth();
      return service;
    } catch (IOException | RuntimeException e) {
      service.close();
      throw new IOException("The server " + name + " does not start: see " + log, e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitHealth() throws IOException {
    byte[] request = HttpConnection.request(base, "GET", "/health", null, null);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (true) {
      try (var connection = new HttpConnection(base)) {
        connection.exchange(request);
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          throw e;
        }
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while " + name + " started", e);
      }
    }
  }

  /// What the process has taken of the processor.
  Duration cpu() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
