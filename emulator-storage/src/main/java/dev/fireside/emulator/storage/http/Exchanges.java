package dev.fireside.emulator.storage.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Locale;

/// Requests of the JDK's server as calls, and replies on their way back.
public final class Exchanges {
  /// Bytes of a refused request that are read all the same, at most.
  private static final long DRAINED_MAX = 64L << 20;

  private static final int REFUSED = 400;

  private Exchanges() {}

  /// The call that a request is.
  public static Call call(HttpExchange exchange) {
    var headers = new LinkedHashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    String query = exchange.getRequestURI().getRawQuery();
    String method = exchange.getRequestMethod();
    String other = headers.get("x-http-method-override");
    return new Call(
        method.equals("POST") && other != null ? other.toUpperCase(Locale.ROOT) : method,
        exchange.getRequestURI().getRawPath(),
        query == null ? "" : query,
        headers,
        new RequestBody(exchange.getRequestBody()));
  }

  /// Sends a reply.
  public static void send(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.status() >= REFUSED) {
      drain(exchange.getRequestBody());
    }
    reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    boolean bodiless =
        exchange.getRequestMethod().equals("HEAD")
            || reply.status() == 204
            || reply.status() == 304;
    if (bodiless || reply.length() == 0) {
      if (bodiless && reply.length() > 0) {
        exchange.getResponseHeaders().set("Content-Length", Long.toString(reply.length()));
      }
      exchange.sendResponseHeaders(reply.status(), -1);
      reply.body().writeTo(OutputStream.nullOutputStream());
      return;
    }
    // The server's word for a length that is not known is 0.
    exchange.sendResponseHeaders(reply.status(), Math.max(0, reply.length()));
    try (OutputStream out = exchange.getResponseBody()) {
      reply.body().writeTo(out);
    }
  }

  /// Reads what is still to come: a connection that is closed before takes the answer with it.
  private static void drain(InputStream in) throws IOException {
    var buffer = new byte[64 * 1024];
    long left = DRAINED_MAX;
    for (int read = in.read(buffer); read >= 0 && left > 0; read = in.read(buffer)) {
      left -= read;
    }
  }
}
