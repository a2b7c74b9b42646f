package dev.fireside.acceptance.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.Manifests;
import dev.fireside.shared.realtime.RealtimeDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A project with several Realtime Databases, whose functions are deployed again with others.
final class ManyDatabases implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String id = UUID.randomUUID().toString().substring(0, 8);
  private final LocalCloud cloud;
  private @Nullable LocalProject project;

  ManyDatabases(LocalCloud services) {
    cloud = services.withOwnRedis();
  }

  /// Runs the functions with these databases from now on.
  void run(String... databases) throws IOException {
    if (project != null) {
      project.settle(LIMIT);
      project.close();
    }
    String urls =
        Stream.of(databases)
            .map(name -> cloud.database().urlOf(name(name)))
            .collect(Collectors.joining(","));
    project =
        LocalProject.start(
            cloud,
            new ProjectOptions(
                "demo-" + id,
                id + ":",
                0,
                Manifests.load(ManyDatabases.class.getClassLoader()),
                List.of(),
                Map.of("FIREBASE_DATABASE_URLS", urls),
                RetryPolicy.TEST,
                false),
            new LocalClock());
  }

  private LocalProject project() {
    if (project == null) {
      throw new IllegalStateException("Run it first");
    }
    return project;
  }

  /// The full name of a database.
  String name(String database) {
    return "demo-" + id + "-" + database;
  }

  List<RealtimeDatabase> databases() {
    return project().platform().realtime().all();
  }

  RealtimeDatabase database(String fullName) {
    return project().platform().realtime().named(fullName).orElseThrow();
  }

  /// The full name of the database on which a person lives.
  String home(String uid) {
    return project().platform().realtime().of(uid).name();
  }

  void settle() {
    project().settle(LIMIT);
  }

  void fire(String schedule) {
    project().fire(schedule);
    settle();
  }

  /// Calls the API as a person; must be a success.
  JsonNode call(String uid, String method, String path, @Nullable Object body) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(project().baseUrl() + path))
                  .header("Authorization", "Bearer " + project().token(uid, Map.of()))
                  .header("Content-Type", "application/json")
                  .method(
                      method,
                      body == null
                          ? HttpRequest.BodyPublishers.noBody()
                          : HttpRequest.BodyPublishers.ofString(
                              Json.mapper().writeValueAsString(body)))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new AssertionError(answer.statusCode() + " " + answer.body());
      }
      return Json.mapper().readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    if (project != null) {
      project.close();
    }
    cloud.close();
    http.close();
  }
}
