package dev.fireside.acceptance.live;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.emulator.process.Ports;
import dev.fireside.runtime.Main;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.Manifests;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A project whose functions run in a process of their own, which is killed and started again.
final class ServedProject implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalCloud cloud;
  private final LocalProject project;
  private final ProcessBuilder command;
  private final URI address;
  private Process process;

  /// @param services what runs already; only Redis is this project's own
  ServedProject(LocalCloud services) throws IOException {
    cloud = services.withOwnRedis();
    int port = Ports.free();
    address = URI.create("http://127.0.0.1:" + port);
    String id = UUID.randomUUID().toString().substring(0, 8);
    var options =
        new ProjectOptions(
            "demo-" + id,
            id + ":",
            0,
            Manifests.load(ServedProject.class.getClassLoader()),
            List.of(),
            Map.of(),
            RetryPolicy.LOCAL,
            false);
    command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName())
            .redirectErrorStream(true)
            .redirectOutput(new File("target/served-project.log"));
    command.environment().putAll(LocalProject.variables(cloud, options));
    command.environment().put("PORT", Integer.toString(port));
    process = command.start();
    awaitHealth();
    project = LocalProject.servedBy(address, cloud, options, new LocalClock());
  }

  LocalProject project() {
    return project;
  }

  /// Kills the process by SIGKILL, whatever it is doing, and starts another one in its place.
  void killAndStartAgain() throws IOException, InterruptedException {
    process.destroyForcibly().waitFor();
    process = command.start();
    awaitHealth();
  }

  private void awaitHealth() {
    await()
        .atMost(LIMIT)
        .ignoreExceptions()
        .until(() -> send("GET", "/health", null, null).statusCode() == 200);
  }

  /// Calls the API as a person until it answers, as an app does.
  JsonNode call(String uid, String method, String path, @Nullable Object body) {
    String token = project.token(uid, Map.of());
    HttpResponse<String> answer =
        await()
            .atMost(LIMIT)
            .pollInterval(Duration.ofMillis(20))
            .ignoreExceptions()
            .until(() -> send(method, path, token, body), response -> response.statusCode() < 500);
    if (answer.statusCode() >= 300) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    try {
      return Json.mapper().readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  private HttpResponse<String> send(
      String method, String path, @Nullable String token, @Nullable Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(Json.mapper().writeValueAsString(body)));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /// Returns when all events have been handled.
  void settle() {
    project.settle(LIMIT);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    project.close();
    cloud.close();
    http.close();
  }
}
