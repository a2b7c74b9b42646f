package dev.fireside.acceptance.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The process that is trained.
final class Trained implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  /// Java writes its cache when it ends.
  private static final Duration END_LIMIT = Duration.ofMinutes(5);

  private static final Duration POLL = Duration.ofMillis(100);
  private static final int KILLED_BY_SIGTERM = 128 + 15;

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final URI uri;

  private Trained(Process process, URI uri) {
    this.process = process;
    this.uri = uri;
  }

  /// Starts the process and returns when it answers.
  static Trained start(List<String> command, Map<String, String> variables)
      throws IOException, InterruptedException {
    int port = freePort();
    var builder = new ProcessBuilder(command).inheritIO();
    builder.environment().putAll(variables);
    builder.environment().put("PORT", Integer.toString(port));
    var trained = new Trained(builder.start(), URI.create("http://127.0.0.1:" + port));
    try {
      trained.awaitHealth();
      return trained;
    } catch (IOException e) {
      trained.close();
      throw e;
    }
  }

  private void awaitHealth() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (true) {
      try {
        get(URI.create("/health"));
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > deadline) {
          throw new IOException("The process that was to be trained does not start", e);
        }
        Thread.sleep(POLL);
      }
    }
  }

  URI uri() {
    return uri;
  }

  void get(URI path) throws IOException, InterruptedException {
    http.send(HttpRequest.newBuilder(uri.resolve(path)).build(), BodyHandlers.discarding());
  }

  /// Asks the process to end, and reports whether it did so in an orderly way.
  boolean end() throws InterruptedException {
    process.destroy();
    return process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS)
        && process.exitValue() == KILLED_BY_SIGTERM;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    http.shutdownNow();
  }
}
