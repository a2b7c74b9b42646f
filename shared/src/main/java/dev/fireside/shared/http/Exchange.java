package dev.fireside.shared.http;

import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.limits.Decision;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Writes answers: headers every answer has, ETags, CORS, problems, the access log and metrics.
final class Exchange {
  private static final Logger ACCESS = Logger.getLogger("access");
  private static final String PREFLIGHT_METHOD = "Access-Control-Request-Method";
  private static final int ETAG_BYTES = 12;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final List<String> EXPOSED =
      List.of(
          "ETag",
          "Location",
          "Retry-After",
          "RateLimit-Policy",
          "RateLimit",
          "RateLimit-Limit",
          "RateLimit-Remaining",
          "RateLimit-Reset",
          "X-Request-Id",
          "Idempotency-Replayed");

  private final Config config;
  private final MeterRegistry meters;

  Exchange(Config config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
  }

  boolean isPreflight(HttpRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getFirstHeader("Origin").isPresent()
        && request.getFirstHeader(PREFLIGHT_METHOD).isPresent();
  }

  Response problem(HttpApp.Call call, ProblemException e) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", e.type().uri());
    body.put("title", e.type().title());
    body.put("status", e.type().status());
    body.put("detail", String.valueOf(e.getMessage()));
    if (!e.errors().isEmpty()) {
      body.put("errors", e.errors());
    }
    body.put("traceId", call.trace.traceId());
    return new Response(e.type().status(), e.headers(), body)
        .with("Content-Type", "application/problem+json");
  }

  void write(HttpApp.Call call, Answer made, HttpResponse response) throws IOException {
    Response answer = made.response();
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Request-Id", call.trace.traceId());
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("X-Frame-Options", "DENY");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    headers.put("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    headers.put("Cache-Control", "no-store");
    headers.put("Vary", "Origin");
    if (call.limit != null) {
      headers.putAll(limitHeaders(call.limit));
    }
    headers.putAll(corsHeaders(call.request));
    headers.putAll(answer.headers());

    byte[] body = made.body();
    int status = answer.status();
    if (body != null) {
      headers.putIfAbsent("Content-Type", "application/json");
      if (status == 200 && isRead(call) && !"no-store".equals(headers.get("Cache-Control"))) {
        String etag = etag(body);
        headers.put("ETag", etag);
        if (matches(call.request, etag)) {
          status = 304;
          body = null;
          headers.remove("Content-Type");
        }
      }
    }
    response.setStatusCode(status);
    headers.forEach((name, value) -> {
      if (name.equals("Content-Type")) {
        response.setContentType(value);
      } else {
        response.appendHeader(name, value);
      }
    });
    try {
      if (body != null && !call.request.getMethod().equals("HEAD")) {
        response.getOutputStream().write(body);
      }
    } finally {
      record(call, status);
    }
  }

  private static boolean isRead(HttpApp.Call call) {
    return call.request.getMethod().equals("GET") || call.request.getMethod().equals("HEAD");
  }

  static Map<String, String> limitHeaders(Decision decision) {
    var headers = new LinkedHashMap<String, String>();
    String name = "\"" + decision.budget().name() + "\"";
    long window = decision.budget().per().toSeconds();
    // draft-ietf-httpapi-ratelimit-headers-10, and the three fields of its drafts up to 07 that
    // most clients still read.
    headers.put("RateLimit-Policy", name + ";q=" + decision.budget().calls() + ";w=" + window);
    headers.put("RateLimit", name + ";r=" + decision.remaining() + ";t=" + decision.resetSeconds());
    headers.put("RateLimit-Limit", Long.toString(decision.budget().calls()));
    headers.put("RateLimit-Remaining", Long.toString(decision.remaining()));
    headers.put("RateLimit-Reset", Long.toString(decision.resetSeconds()));
    return headers;
  }

  private Map<String, String> corsHeaders(HttpRequest request) {
    String origin = request.getFirstHeader("Origin").orElse(null);
    if (origin == null
        || !(config.corsOrigins().contains("*") || config.corsOrigins().contains(origin))) {
      return Map.of();
    }
    var headers = new LinkedHashMap<String, String>();
    headers.put("Access-Control-Allow-Origin", origin);
    if (isPreflight(request)) {
      headers.put("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
      headers.put(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Encoding, Content-Type, Idempotency-Key, If-None-Match, X-Signature,"
              + " traceparent");
      headers.put("Access-Control-Max-Age", "7200");
    } else {
      headers.put("Access-Control-Expose-Headers", String.join(", ", EXPOSED));
    }
    return headers;
  }

  /// A weak tag: compression on the way changes the bytes, not the meaning.
  private static String etag(byte[] body) {
    return "W/\"" + HexFormat.of().formatHex(Digest.sha256(body), 0, ETAG_BYTES) + "\"";
  }

  private static boolean matches(HttpRequest request, String etag) {
    return request
        .getFirstHeader("If-None-Match")
        .map(header ->
            List.of(header.split(",")).stream()
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || ("W/" + tag).equals(etag) || tag.equals(etag)))
        .orElse(false);
  }

  /// The method, if it is one that routes have: a caller must not be able to make up meters.
  private static String method(HttpApp.Call call) {
    String method = call.request.getMethod();
    return METHODS.contains(method) ? method : "other";
  }

  private void record(HttpApp.Call call, int status) {
    Duration took = Duration.ofNanos(System.nanoTime() - call.startNanos);
    Timer.builder("http.duration")
        .tag("method", method(call))
        .tag("route", call.route())
        .tag("status", Integer.toString(status))
        .publishPercentiles(0.5, 0.95, 0.99)
        .register(meters)
        .record(took);
    if (ACCESS.isLoggable(Level.INFO)) {
      var line = new LogRecord(Level.INFO, "request");
      line.setLoggerName("access");
      line.setParameters(
          new Object[] {
            Map.of(
                "httpRequest",
                Map.of(
                    "requestMethod", method(call),
                    "requestUrl", call.route(),
                    "status", status,
                    "latency", String.format(Locale.ROOT, "%.6fs", took.toNanos() / 1e9)))
          });
      ACCESS.log(line);
    }
  }
}
