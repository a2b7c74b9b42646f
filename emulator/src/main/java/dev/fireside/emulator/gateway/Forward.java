package dev.fireside.emulator.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Hands every request on to a server elsewhere.
public final class Forward extends Handler.Wrapper {
  /// What belongs to one connection, or is written by whoever sends.
  private static final Set<String> NOT_HANDED_ON =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "http2-settings",
          "transfer-encoding",
          "upgrade");

  private final HttpClient http;
  private final URI server;

  public Forward(HttpClient http, URI server) {
    this.http = http;
    this.server = server;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpResponse<byte[]> answer = http.send(copy(request), BodyHandlers.ofByteArray());
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach((name, values) -> {
          if (isHandedOn(name)) {
            values.forEach(value -> response.getHeaders().add(name, value));
          }
        });
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
    return true;
  }

  private HttpRequest copy(Request request) throws IOException {
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(server.resolve(request.getHttpURI().getPathQuery()));
    for (HttpField field : request.getHeaders()) {
      if (isHandedOn(field.getName())) {
        copy.header(field.getName(), String.valueOf(field.getValue()));
      }
    }
    try (InputStream body = Content.Source.asInputStream(request)) {
      return copy.method(request.getMethod(), BodyPublishers.ofByteArray(body.readAllBytes()))
          .build();
    }
  }

  private static boolean isHandedOn(String name) {
    return !name.startsWith(":") && !NOT_HANDED_ON.contains(name.toLowerCase(Locale.ROOT));
  }
}
