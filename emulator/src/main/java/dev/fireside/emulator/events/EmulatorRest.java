package dev.fireside.emulator.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls the REST interfaces of Google's emulators as their owner.
public final class EmulatorRest {
  private static final int NOT_FOUND = 404;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final HttpClient http;
  private final String address;

  /// @param address `host:port`
  public EmulatorRest(HttpClient http, String address) {
    this.http = http;
    this.address = address;
  }

  /// Sends a request, and returns the body of the answer, JSON. Throws [IllegalStateException] for
  /// a status that is not 2xx and [UncheckedIOException] when there is no answer.
  JsonNode ask(String method, String path, Map<String, ?> body) {
    return json(method, path, send(method, path, body));
  }

  private static JsonNode json(String method, String path, HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw refused(method, path, response);
    }
    try {
      return Json.mapper().readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(method + " " + path + " was not answered with JSON", e);
    }
  }

  /// Reads what is at a path, JSON; empty where the answer is 404. Throws as [#ask].
  public Optional<JsonNode> find(String path) {
    HttpResponse<String> response = send("GET", path, null);
    return response.statusCode() == NOT_FOUND
        ? Optional.empty()
        : Optional.of(json("GET", path, response));
  }

  /// Sends a request, and returns the status. Throws [IllegalStateException] for one that is
  /// neither 2xx nor `alsoFine`.
  @CanIgnoreReturnValue
  public int call(String method, String path, @Nullable Map<String, ?> body, int alsoFine) {
    HttpResponse<String> response = send(method, path, body);
    int status = response.statusCode();
    if (status / 100 != 2 && status != alsoFine) {
      throw refused(method, path, response);
    }
    return status;
  }

  private static IllegalStateException refused(
      String method, String path, HttpResponse<String> response) {
    return new IllegalStateException(
        "%s %s was answered with %d: %s"
            .formatted(method, path, response.statusCode(), response.body().strip()));
  }

  private HttpResponse<String> send(String method, String path, @Nullable Map<String, ?> body) {
    try {
      var publisher =
          body == null
              ? HttpRequest.BodyPublishers.noBody()
              : HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body));
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://" + address + path))
              .timeout(LIMIT)
              .header("Authorization", "Bearer owner")
              .header("Content-Type", "application/json")
              .method(method, publisher)
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while calling an emulator", e);
    }
  }
}
