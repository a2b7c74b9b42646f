package dev.fireside.benchmarks.coldstart;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A server that is started anew for each answer.
///
/// @param directory where its command runs
/// @param variables its environment, over this process's; `PORT` is added
record Contestant(List<String> command, Path directory, Map<String, String> variables) {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(1);

  Contestant {
    command = List.copyOf(command);
    variables = Map.copyOf(variables);
  }

  /// The same with another variable.
  Contestant with(String name, String value) {
    var more = new HashMap<>(variables);
    more.put(name, value);
    return new Contestant(command, directory, more);
  }

  /// A first answer.
  ///
  /// @param millis from the start of the process to the last byte
  /// @param metrics what the process tells of itself afterwards; empty where it tells nothing
  record First(double millis, String metrics) {}

  /// Starts the server, asks until it answers, and ends it. Throws [IOException] for any other
  /// answer than 200.
  First answer(String path, String token) throws IOException, InterruptedException {
    int port = freePort();
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(variables);
    builder.environment().put("PORT", Integer.toString(port));
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      String answer = firstAnswer(process, port, path, token);
      double millis = (System.nanoTime() - start) / 1e6;
      if (!answer.startsWith("HTTP/1.1 200")) {
        throw new IOException(command.getFirst() + " answered " + path + " with\n" + answer);
      }
      String metrics = get(port, "/metrics", token);
      return new First(millis, metrics.startsWith("HTTP/1.1 200") ? metrics : "");
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private Path log() {
    return directory.resolve("cold-start.log");
  }

  private String firstAnswer(Process process, int port, String path, String token)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      try {
        return get(port, path, token);
      } catch (ConnectException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException(command + " does not start; see " + log(), e);
        }
        Thread.sleep(POLL);
      }
    }
  }

  private static String get(int port, String path, String token) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) LIMIT.toMillis());
      socket
          .getOutputStream()
          .write(
              ("GET "
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                      + "Authorization: Bearer "
                      + token
                      + "\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
