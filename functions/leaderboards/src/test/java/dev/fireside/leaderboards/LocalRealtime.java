package dev.fireside.leaderboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.emulator.LocalProject;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/// Stands before the project's Realtime Database: hands on what functions ask for, or makes it
/// fail.
final class LocalRealtime {
  /// What becomes of a write.
  enum Mode {
    WELL,
    /// It is refused.
    AWAY,
    /// It is done, and the answer is lost.
    ANSWER_LOST
  }

  private static final int UNAVAILABLE = 503;
  private static final int NO_CONTENT = 204;

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final List<JsonNode> updates = new CopyOnWriteArrayList<>();
  private volatile Mode mode = Mode.WELL;
  private volatile URI database = URI.create("http://127.0.0.1/");

  LocalRealtime() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  Map<String, String> settings() {
    return Map.of("FIREBASE_DATABASE_EMULATOR_HOST", "127.0.0.1:" + server.getAddress().getPort());
  }

  /// Names the project whose database it is.
  void of(LocalProject project) {
    database = URI.create(project.cloud().database().url(project.projectId()));
  }

  void mode(Mode now) {
    mode = now;
  }

  /// All updates that were asked for, the refused ones too.
  List<JsonNode> updates() {
    return List.copyOf(updates);
  }

  /// What is at a path; null where nothing is.
  JsonNode at(String path) {
    return json(send("GET", path, new byte[0]).body());
  }

  void put(String path, JsonNode value) {
    send("PUT", path, value.toString().getBytes(StandardCharsets.UTF_8));
  }

  /// The lines of a stream of what changes at a path, beginning with what is there.
  Stream<String> listen(String path) {
    var request =
        HttpRequest.newBuilder(location(path))
            .header("Authorization", "Bearer owner")
            .header("Accept", "text/event-stream")
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofLines()).join().body();
  }

  private URI location(String path) {
    return database.resolve("/" + path + ".json?" + database.getRawQuery());
  }

  void clear() {
    send("DELETE", "", new byte[0]);
    updates.clear();
    mode = Mode.WELL;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String method = exchange.getRequestMethod();
      if (method.equals("PATCH")) {
        updates.add(json(body));
      }
      int status = UNAVAILABLE;
      byte[] answer = new byte[0];
      if (mode != Mode.AWAY) {
        var response = send(method, database.resolve(exchange.getRequestURI()), body);
        status = mode == Mode.WELL ? response.statusCode() : UNAVAILABLE;
        answer = mode == Mode.WELL ? response.body() : answer;
      }
      exchange.sendResponseHeaders(
          status, status == NO_CONTENT || answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body) {
    return send(method, location(path), body);
  }

  private HttpResponse<byte[]> send(String method, URI uri, byte[] body) {
    try {
      return http.send(
          HttpRequest.newBuilder(uri)
              .header("Authorization", "Bearer owner")
              .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
              .build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode json(byte[] text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
