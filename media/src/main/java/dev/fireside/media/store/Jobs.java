package dev.fireside.media.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.AccessTokens;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Starts jobs of the manifest, by the Cloud Run Admin API
/// (<https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.jobs/run>); the local
/// cloud answers the same call.
public final class Jobs implements AutoCloseable {
  /// The job that makes streams and images.
  public static final String TRANSCODER = "transcoder";

  /// Which order an execution of [#TRANSCODER] works on.
  public static final String TRANSCODE_ID = "TRANSCODE_ID";

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
  private static final List<String> SCOPES =
      List.of("https://www.googleapis.com/auth/cloud-platform");

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final AccessTokens tokens;
  private final String jobs;

  private Jobs(Platform platform) {
    Config config = platform.config();
    String local = config.text("JOBS_EMULATOR_HOST").orElse(null);
    this.tokens = local == null ? AccessTokens.google(SCOPES) : () -> "owner";
    this.jobs =
        "%s/v2/projects/%s/locations/%s/jobs/"
            .formatted(
                local == null ? "https://run.googleapis.com" : "http://" + local,
                config.projectId(),
                config.text("JOBS_REGION").orElse("us-central1"));
  }

  /// The one of a process.
  public static Jobs of(Platform platform) {
    return platform.client(Jobs.class, Jobs::new);
  }

  /// Starts an execution of a job, which works on by itself.
  ///
  /// Throws [JobsUnavailableException] where it was not started, or nobody said that it was: it may
  /// have been, and an execution too many must do no harm.
  ///
  /// @param variables of its environment, beside those that all its executions have
  public void run(String job, Map<String, String> variables) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(jobs + job + ":run"))
                  .timeout(ANSWER_TIMEOUT)
                  .header("Authorization", "Bearer " + tokens.current())
                  .header("Content-Type", "application/json")
                  .POST(
                      HttpRequest.BodyPublishers.ofByteArray(
                          Json.mapper().writeValueAsBytes(overrides(variables))))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new JobsUnavailableException(
            job + " was not started: " + answer.statusCode() + " " + answer.body(), null);
      }
    } catch (IOException e) {
      throw new JobsUnavailableException("Nobody says whether " + job + " was started", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JobsUnavailableException("Interrupted while " + job + " was started", e);
    }
  }

  private static ObjectNode overrides(Map<String, String> variables) {
    ObjectNode body = Json.mapper().createObjectNode();
    ArrayNode env =
        body.putObject("overrides").putArray("containerOverrides").addObject().putArray("env");
    variables.forEach((name, value) -> env.addObject().put("name", name).put("value", value));
    return body;
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
