package dev.fireside.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The process as Cloud Run sees it.
class MainIT {
  private static final int KILLED_BY_SIGTERM = 128 + 15;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final List<Process> children = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path directory;

  @AfterEach
  void end() {
    http.shutdownNow();
    children.forEach(Process::destroyForcibly);
  }

  private Process start(Map<String, String> variables) throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName());
    builder.environment().putAll(variables);
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    Process child = builder.start();
    children.add(child);
    return child;
  }

  private Path log() {
    return directory.resolve("log");
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    return http.send(request(port, path), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  private void awaitHealthy(int port) {
    await()
        .atMost(LIMIT)
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> get(port, "/health").statusCode() == 200);
  }

  @Test
  void aRequestInFlightFinishesAfterSigterm() throws Exception {
    int port = freePort();
    Process child = start(Map.of("PORT", "" + port, "FUNCTION_TARGET", "waits"));
    awaitHealthy(port);
    Path file = directory.resolve("working");
    var answer =
        http.sendAsync(request(port, "/?file=" + file), HttpResponse.BodyHandlers.ofString());
    await().atMost(LIMIT).until(() -> Files.exists(file));

    try (var open = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      assertThat(health(open)).startsWith("HTTP/1.1 200").contains("ok");
      child.destroy();
      await().atMost(LIMIT).until(() -> !accepts(port));
      assertThat(health(open)).startsWith("HTTP/1.1 503").contains("draining");
    }
    assertThat(child.isAlive()).isTrue();
    Files.delete(file);

    assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
    assertThat(answer.get().body()).isEqualTo("done");
    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(KILLED_BY_SIGTERM);
    assertThat(log()).content().contains("\"message\":\"waited long enough\"");
  }

  /// Asks on a connection that was there before.
  private static String health(Socket open) throws IOException {
    open.setSoTimeout((int) LIMIT.toMillis());
    open.getOutputStream()
        .write("GET /health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    byte[] answer = new byte[4_096];
    int length = open.getInputStream().read(answer);
    return new String(answer, 0, Math.max(0, length), StandardCharsets.US_ASCII);
  }

  private static boolean accepts(int port) throws IOException {
    try (var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      return socket.isConnected();
    } catch (ConnectException e) {
      return false;
    }
  }

  @Test
  void aTakenPortIsOneClearLine() throws Exception {
    try (var taken = new ServerSocket(0)) {
      Process child = start(Map.of("PORT", "" + taken.getLocalPort()));

      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(1);
      assertThat(log()).content().contains("Port " + taken.getLocalPort() + " cannot be used");
    }
  }

  @Test
  void aWrongTargetIsOneClearLine() throws Exception {
    Process child = start(Map.of("PORT", "" + freePort(), "FUNCTION_TARGET", "feeed"));

    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(1);
    assertThat(log()).content().contains("There is no function `feeed`").doesNotContain("\tat ");
  }

  @Test
  void withoutABrotliLibraryThereIsStillGzip() throws Exception {
    int port = freePort();
    start(Map.of("PORT", "" + port, "JAVA_TOOL_OPTIONS", "-Dbrotli4j.library.path=/nowhere"));
    awaitHealthy(port);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/echo?padding=9000"))
            .header("Accept-Encoding", "br, gzip")
            .build();

    var answer = http.send(request, HttpResponse.BodyHandlers.discarding());

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
