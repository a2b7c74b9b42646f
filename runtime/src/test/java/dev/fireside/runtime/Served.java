package dev.fireside.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.Manifests;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/// The sample functions being served, and a client of theirs.
final class Served implements AutoCloseable {
  final FunctionServer server;
  private final Platform platform;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Served(ServerOptions options) throws IOException {
    this(options, Map.of("GOOGLE_CLOUD_PROJECT", "demo-runtime"));
  }

  Served(ServerOptions options, Map<String, String> variables) throws IOException {
    platform = new Platform(Config.from(variables), Clock.systemUTC());
    server = FunctionServer.start(platform, Manifests.load(Served.class.getClassLoader()), options);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.baseUrl() + path));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> get(String path) throws Exception {
    return send(request(path));
  }

  JsonNode json(String path) throws Exception {
    return Json.mapper().readTree(get(path).body());
  }

  /// The whole answer to a request that no well-behaved client sends. The server has to end the
  /// connection.
  String raw(String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    server.close();
    platform.close();
  }
}
