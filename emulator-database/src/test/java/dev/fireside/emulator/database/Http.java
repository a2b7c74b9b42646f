package dev.fireside.emulator.database;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Calls a server by REST.
final class Http implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final DatabaseServer server;

  Http(DatabaseServer server) {
    this.server = server;
  }

  /// @param path with parameters, encoded
  /// @param body null for none
  /// @param headers names and values
  HttpResponse<String> call(String method, String path, String body, String... headers)
      throws Exception {
    return client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
  }

  /// Opens a stream of events.
  Events events(String path) throws Exception {
    HttpRequest request = request("GET", path, null, "Accept", "text/event-stream");
    return new Events(client.send(request, HttpResponse.BodyHandlers.ofInputStream()).body());
  }

  private HttpRequest request(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + server.address() + path))
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return request.build();
  }

  /// A token as the local Auth issues it.
  static String token(String payload) {
    return encoded("{\"alg\":\"none\"}") + "." + encoded(payload) + ".";
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
