package dev.fireside.leaderboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/// As much of a Realtime Database as functions write to: updates at many places, and names below a
/// path.
final class LocalRealtime {
  /// What becomes of a write.
  enum Mode {
    WELL,
    /// It is refused.
    AWAY,
    /// It is done, and the answer is lost.
    ANSWER_LOST
  }

  private final HttpServer server;
  private final ObjectNode root = Json.mapper().createObjectNode();
  private final List<JsonNode> updates = new CopyOnWriteArrayList<>();
  private volatile Mode mode = Mode.WELL;

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

  void mode(Mode now) {
    mode = now;
  }

  /// All updates that were asked for, the refused ones too.
  List<JsonNode> updates() {
    return List.copyOf(updates);
  }

  /// What is at a path.
  synchronized JsonNode at(String path) {
    JsonNode node = root;
    for (String part : path.split("/", -1)) {
      node = node.path(part);
    }
    return node.deepCopy();
  }

  synchronized void put(String path, JsonNode value) {
    String[] parts = path.split("/", -1);
    ObjectNode parent = root;
    for (int i = 0; i < parts.length - 1; i++) {
      parent = parent.withObjectProperty(parts[i]);
    }
    if (value.isNull()) {
      parent.remove(parts[parts.length - 1]);
    } else {
      parent.set(parts[parts.length - 1], value);
    }
  }

  synchronized void clear() {
    root.removeAll();
    updates.clear();
    mode = Mode.WELL;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().replaceAll("^/|\\.json$", "");
      byte[] answer = new byte[0];
      if (exchange.getRequestMethod().equals("PATCH")) {
        JsonNode update = Json.mapper().readTree(exchange.getRequestBody());
        updates.add(update);
        if (mode != Mode.AWAY) {
          update.properties().forEach(value -> put(value.getKey(), value.getValue()));
        }
      } else {
        var names = Json.mapper().createObjectNode();
        at(path).fieldNames().forEachRemaining(name -> names.put(name, true));
        answer = Json.mapper().writeValueAsBytes(names);
      }
      int status = mode != Mode.WELL ? 503 : answer.length == 0 ? 204 : 200;
      exchange.sendResponseHeaders(status, answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }
}
