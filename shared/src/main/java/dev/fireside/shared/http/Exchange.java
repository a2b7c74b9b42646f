package dev.fireside.shared.http;

import com.google.cloud.functions.HttpResponse;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.limits.Decision;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.telemetry.LoggedException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// Writes answers: headers every answer has, ETags, CORS, problems, the access log and metrics.
final class Exchange {
  private static final org.slf4j.Logger log = org.slf4j.LoggerFactory.getLogger(Exchange.class);
  private static final Logger ACCESS = Logger.getLogger("access");
  private static final String PREFLIGHT_METHOD = "Access-Control-Request-Method";
  private static final long MICROS_PER_SECOND = 1_000_000;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE");
  private static final List<String> EXPOSED =
      List.of(
          "Content-Disposition",
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

  /// To look a meter up by its tags takes longer than to add to it.
  private final Map<Measured, Timer> timers = new ConcurrentHashMap<>();

  Exchange(Config config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
  }

  boolean isPreflight(HttpApp.Call call) {
    return call.request.getMethod().equals("OPTIONS")
        && call.headers.first("Origin") != null
        && call.headers.first(PREFLIGHT_METHOD) != null;
  }

  Response problem(HttpApp.Call call, ProblemException e) {
    var body = new LinkedHashMap<String, Object>();
    body.put("type", e.type().uri());
    body.put("title", e.type().title());
    body.put("status", e.type().status());
    body.put("detail", String.valueOf(e.getMessage()));
    body.putAll(e.members());
    if (!e.errors().isEmpty()) {
      body.put("errors", e.errors());
    }
    body.put("traceId", call.trace.traceId());
    return new Response(e.type().status(), e.headers(), body)
        .with("Content-Type", "application/problem+json");
  }

  /// Sends an answer; quietly to nobody where the client has gone.
  void write(HttpApp.Call call, Answer made, HttpResponse response) {
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
      putLimit(headers, call.limit);
    }
    putCors(headers, call);
    headers.putAll(answer.headers());

    byte[] body = made.body();
    if (call.leavesBody) {
      headers.put("Connection", "close");
      headers.put("Content-Length", Integer.toString(body == null ? 0 : body.length));
    }
    int status = answer.status();
    if (body != null) {
      headers.putIfAbsent("Content-Type", "application/json");
      if (status == 200 && isRead(call) && !"no-store".equals(headers.get("Cache-Control"))) {
        String etag = made.etag();
        headers.put("ETag", etag);
        if (matches(call, etag)) {
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
    StreamedBody stream = made.stream();
    if (stream != null) {
      send(call, stream, status, response);
      return;
    }
    try {
      // Also for HEAD: the server leaves it out, and sends the headers that it makes.
      if (body != null) {
        response.getOutputStream().write(body);
      }
      if (call.leavesBody) {
        response.getOutputStream().flush();
      }
    } catch (IOException | RuntimeException e) {
      log.debug("Nobody is there to read the answer", e);
    } finally {
      record(call, status);
    }
  }

  /// Sends a body while it is made. What goes wrong meanwhile is thrown, as the server then ends
  /// the connection where the body would go on.
  private void send(HttpApp.Call call, StreamedBody stream, int status, HttpResponse response) {
    Errand client = Errand.current();
    int sent = status;
    try {
      if (!call.request.getMethod().equals("HEAD")) {
        OutputStream out = response.getOutputStream();
        client
            .inTurn()
            .within(config.load().streamDeadline())
            .call(() -> {
              stream.writeTo(out);
              return out;
            });
      }
    } catch (IOException e) {
      throw nobody(e);
    } catch (Exception e) {
      if (client.isGivenUp()) {
        throw nobody(e);
      }
      sent = 500;
      log.error("{} {} ended early", call.request.getMethod(), call.route(), e);
      throw new LoggedException("The answer ended early", e);
    } finally {
      record(call, sent);
    }
  }

  private static LoggedException nobody(Exception e) {
    log.debug("Nobody is there to read the answer", e);
    return new LoggedException("Nobody is there to read the answer", e);
  }

  private static boolean isRead(HttpApp.Call call) {
    return call.request.getMethod().equals("GET") || call.request.getMethod().equals("HEAD");
  }

  static void putLimit(Map<String, String> headers, Decision decision) {
    String name = "\"" + decision.budget().name() + "\"";
    long window = decision.budget().per().toSeconds();
    String calls = Long.toString(decision.budget().calls());
    String remaining = Long.toString(decision.remaining());
    String reset = Long.toString(decision.resetSeconds());
    // draft-ietf-httpapi-ratelimit-headers-10, and the three fields of its drafts up to 07 that
    // most clients still read.
    headers.put("RateLimit-Policy", name + ";q=" + calls + ";w=" + window);
    headers.put("RateLimit", name + ";r=" + remaining + ";t=" + reset);
    headers.put("RateLimit-Limit", calls);
    headers.put("RateLimit-Remaining", remaining);
    headers.put("RateLimit-Reset", reset);
  }

  private void putCors(Map<String, String> headers, HttpApp.Call call) {
    String origin = call.headers.first("Origin");
    if (origin == null
        || !(config.corsOrigins().contains("*") || config.corsOrigins().contains(origin))) {
      return;
    }
    headers.put("Access-Control-Allow-Origin", origin);
    if (isPreflight(call)) {
      headers.put("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT, PATCH, DELETE");
      headers.put(
          "Access-Control-Allow-Headers",
          "Authorization, Content-Encoding, Content-Type, Idempotency-Key, If-None-Match,"
              + " X-Signature, traceparent");
      headers.put("Access-Control-Max-Age", "7200");
    } else {
      headers.put("Access-Control-Expose-Headers", String.join(", ", EXPOSED));
    }
  }

  private static boolean matches(HttpApp.Call call, String etag) {
    String header = call.headers.first("If-None-Match");
    return header != null
        && List.of(header.split(",")).stream()
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || ("W/" + tag).equals(etag) || tag.equals(etag));
  }

  /// The method, if it is one that routes have: a caller must not be able to make up meters.
  private static String method(HttpApp.Call call) {
    String method = call.request.getMethod();
    return METHODS.contains(method) ? method : "other";
  }

  private void record(HttpApp.Call call, int status) {
    long nanos = System.nanoTime() - call.startNanos;
    var what = new Measured(method(call), call.route(), status);
    timers.computeIfAbsent(what, this::timer).record(nanos, TimeUnit.NANOSECONDS);
    if (ACCESS.isLoggable(Level.INFO)) {
      var line = new LogRecord(Level.INFO, "request");
      line.setLoggerName("access");
      line.setParameters(
          new Object[] {
            Map.of(
                "httpRequest",
                Map.of(
                    "requestMethod", what.method(),
                    "requestUrl", what.route(),
                    "status", status,
                    "latency", seconds(nanos)))
          });
      ACCESS.log(line);
    }
  }

  /// A duration as `0.001234s`.
  private static String seconds(long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
    String fraction = Long.toString(MICROS_PER_SECOND + micros % MICROS_PER_SECOND).substring(1);
    return micros / MICROS_PER_SECOND + "." + fraction + "s";
  }

  /// What calls are counted by.
  private record Measured(String method, String route, int status) {}

  private Timer timer(Measured what) {
    return Timer.builder("http.duration")
        .tag("method", what.method())
        .tag("route", what.route())
        .tag("status", Integer.toString(what.status()))
        .publishPercentiles(0.5, 0.95, 0.99)
        .register(meters);
  }
}
