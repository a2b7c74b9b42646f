package dev.fireside.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.process.Ports;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./scripts/dev` as a developer meets it.
class DevMainIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<Process> children = new ArrayList<>();
  @TempDir Path directory;

  @AfterEach
  void end() {
    children.forEach(Process::destroyForcibly);
  }

  private Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                DevMain.class.getName()));
    command.addAll(List.of(arguments));
    Process child =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output().toFile())
            .start();
    children.add(child);
    return child;
  }

  private Path output() {
    return directory.resolve("output");
  }

  private static String[] ports(List<Integer> ports) {
    return new String[] {
      "--port", "" + ports.get(0),
      "--redis-port", "" + ports.get(1),
      "--firestore-port", "" + ports.get(2),
      "--pubsub-port", "" + ports.get(3),
      "--auth-port", "" + ports.get(4),
      "--database-port", "" + ports.get(5),
      "--storage-port", "" + ports.get(6)
    };
  }

  private static List<Integer> freePorts() {
    return Stream.generate(Ports::free).limit(7).toList();
  }

  @Test
  void itServesTellsWhatIsWhereAndLeavesNothingBehind() throws Exception {
    List<Integer> ports = freePorts();
    var arguments = new ArrayList<>(List.of(ports(ports)));
    arguments.addAll(List.of("--project", "demo-other"));
    Process child = start(arguments.toArray(String[]::new));
    await()
        .atMost(LIMIT)
        .untilAsserted(() -> assertThat(output()).content().contains("Stop with Ctrl-C."));

    assertThat(output())
        .content()
        .contains("http://127.0.0.1:" + ports.get(0))
        .contains("redis://127.0.0.1:" + ports.get(1))
        .contains("notes/{id} written");
    assertThat(get(ports.get(0), "/_local/functions")).contains("on-note");
    assertThat(get(ports.get(5), "/.json")).isEqualTo("null");
    assertThat(projectOfANewUser(ports.get(4))).isEqualTo("demo-other");

    child.destroy();
    assertThat(child.waitFor(15, TimeUnit.SECONDS)).isTrue();
    await().atMost(LIMIT).until(() -> ports.stream().allMatch(Ports::isFree));
  }

  /// Signs up as the client SDKs do, whose API key names no project here.
  private static String projectOfANewUser(int authPort) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(
                  URI.create(
                      "http://127.0.0.1:"
                          + authPort
                          + "/identitytoolkit.googleapis.com/v1/accounts:signUp?key=any"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"returnSecureToken\": true}"))
              .build();
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      String token = Json.mapper().readTree(body).path("idToken").asText();
      return Json.mapper()
          .readTree(Base64.getUrlDecoder().decode(token.split("\\.", 3)[1]))
          .path("aud")
          .asText();
    }
  }

  private static String get(int port, String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.1:" + port + path);
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }

  @Test
  void aTakenPortIsOneLineThatNamesTheFlag() throws Exception {
    List<Integer> ports = freePorts();
    try (var taken = new ServerSocket(ports.get(3), 1, InetAddress.ofLiteral(Ports.HOST))) {
      Process child = start(ports(ports));

      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(2);
      assertThat(output())
          .content()
          .isEqualToIgnoringNewLines(
              "Port %d is taken: stop what listens there, or choose another with --pubsub-port"
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void aSmokeTestEndsTheProcessWithItsStatus() throws Exception {
    Process child =
        start(
            "--port",
            "0",
            "--redis-port",
            "0",
            "--firestore-port",
            "0",
            "--pubsub-port",
            "0",
            "--auth-port",
            "0",
            "--database-port",
            "0",
            "--storage-port",
            "0",
            "--smoke");

    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isEqualTo(7);
    assertThat(output()).content().contains("smoke of demo-fireside");
  }

  @Test
  void helpIsGivenWithoutStartingAnything() throws Exception {
    Process child = start("--help");

    assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(child.exitValue()).isZero();
    assertThat(output()).content().isEqualTo(DevOptions.USAGE);
  }
}
