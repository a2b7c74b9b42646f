package dev.fireside.shared.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fireside.runtime.FunctionServer;
import dev.fireside.runtime.ServerOptions;
import dev.fireside.shared.Platform;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Jit;
import dev.fireside.shared.manifest.Trigger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/// A function of a test, served over real HTTP as behind our own proxy.
final class Served implements AutoCloseable {
  private final FunctionServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /// What was answered.
  record Answer(int status, HttpHeaders headers, String text) {
    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    JsonNode body() {
      try {
        return text.isEmpty() ? MissingNode.getInstance() : Json.mapper().readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException(text, e);
      }
    }

    String problem() {
      String type = body().path("type").asText();
      return type.substring(type.lastIndexOf(':') + 1);
    }
  }

  Served(Platform platform, Class<?> function) throws IOException {
    var entry =
        new EntryPoint(
            "served",
            "test",
            function.getName(),
            new Trigger.Http(List.of("/api")),
            "512Mi",
            1,
            80,
            0,
            1,
            Duration.ofSeconds(60),
            Jit.C1,
            List.of());
    server =
        FunctionServer.start(
            platform, List.of(entry), new ServerOptions("127.0.0.1", 0, "served", true, List.of()));
  }

  URI uri() {
    return URI.create(server.baseUrl());
  }

  /// Sends a request with headers given as names and values.
  Answer send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
            .method(
                method,
                body.isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    try {
      var response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
