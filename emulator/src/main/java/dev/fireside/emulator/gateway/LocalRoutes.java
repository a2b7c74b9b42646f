package dev.fireside.emulator.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.events.Faults;
import dev.fireside.runtime.Problems;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// `/_local`: what a developer does to the local cloud from outside. It exists nowhere else.
public final class LocalRoutes extends Handler.Wrapper {
  private static final String PREFIX = "/_local/";
  private static final String SCHEDULES = "schedules/";
  private static final Duration ADVANCE_MAX = Duration.ofDays(366);
  private static final int BODY_BYTES_MAX = 64 * 1024;
  private static final TypeReference<Map<String, Object>> CLAIMS = new TypeReference<>() {};

  private final LocalControls controls;

  public LocalRoutes(LocalControls controls) {
    this.controls = controls;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (!path.startsWith(PREFIX)) {
      return super.handle(request, response, callback);
    }
    try {
      Callers.check(request);
      if (path.startsWith(PREFIX + PlayerPage.PATH)) {
        asset(response, callback, path.substring((PREFIX + PlayerPage.PATH).length()));
        return true;
      }
      Object answer = answer(request, request.getMethod(), path.substring(PREFIX.length()));
      write(response, callback, answer);
    } catch (LocalProblem e) {
      Problems.write(request, response, callback, e.status(), String.valueOf(e.getMessage()));
    }
    return true;
  }

  private @Nullable Object answer(Request request, String method, String route) throws IOException {
    return switch (method + " " + (route.startsWith(SCHEDULES) ? SCHEDULES : route)) {
      case "GET functions" -> controls.status();
      case "POST token" -> token(body(request));
      case "POST " + SCHEDULES -> fire(route.substring(SCHEDULES.length()));
      case "GET clock" -> time();
      case "POST clock" -> advance(body(request));
      case "GET faults" -> faults();
      case "POST faults" -> setFault(body(request));
      case "DELETE faults" -> {
        controls.faults().clear();
        yield faults();
      }
      case "POST reset" -> {
        controls.reset();
        yield null;
      }
      case "POST redis/kill" -> {
        controls.killRedis();
        yield null;
      }
      case "POST redis/restart" -> {
        controls.restartRedis();
        yield null;
      }
      default ->
          throw new LocalProblem(
              404,
              "There are GET /_local/player/, GET /_local/functions, POST /_local/token, POST"
                  + " /_local/schedules/{name}, GET and POST /_local/clock, GET, POST and DELETE"
                  + " /_local/faults, POST /_local/reset, POST /_local/redis/kill and POST"
                  + " /_local/redis/restart");
    };
  }

  private Object token(JsonNode body) {
    String uid = body.path("uid").asText();
    if (!body.path("uid").isTextual() || !Uid.isValid(uid)) {
      throw new LocalProblem(400, "uid must be 1 to 128 letters, digits, _ or -");
    }
    JsonNode claims = body.path("claims");
    if (!claims.isMissingNode() && !claims.isObject()) {
      throw new LocalProblem(400, "claims must be an object");
    }
    Map<String, Object> given =
        claims.isMissingNode() ? Map.of() : Json.mapper().convertValue(claims, CLAIMS);
    return Map.of("idToken", controls.token(uid, given));
  }

  private Object time() {
    return Map.of("now", controls.now().toString());
  }

  private Object advance(JsonNode body) {
    Duration by;
    try {
      by = Duration.parse(body.path("advance").asText());
    } catch (DateTimeParseException e) {
      throw new LocalProblem(400, "advance must be a duration of ISO 8601, such as P1D or PT15M");
    }
    if (by.isNegative() || by.compareTo(ADVANCE_MAX) > 0) {
      throw new LocalProblem(400, "advance must be 0 to " + ADVANCE_MAX.toDays() + " days");
    }
    controls.advance(by);
    return time();
  }

  private @Nullable Object fire(String schedule) {
    try {
      controls.fire(schedule);
      return null;
    } catch (NoSuchElementException e) {
      throw new LocalProblem(404, String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      throw new LocalProblem(500, String.valueOf(e.getMessage()));
    }
  }

  private Object faults() {
    var all = new TreeMap<String, Object>();
    controls.faults().all().forEach((function, fault) -> all.put(function, json(fault)));
    return Map.of("faults", all);
  }

  private static Map<String, Object> json(Fault fault) {
    return Map.of(
        "duplicates", fault.duplicates(),
        "delayMs", fault.delay().toMillis(),
        "reorderWindowMs", fault.reorderWindow().toMillis(),
        "failAnswers", fault.failAnswers(),
        "failDeliveries", fault.failDeliveries());
  }

  private Object setFault(JsonNode body) {
    String function = body.path("function").asText(Faults.ALL);
    if (!function.equals(Faults.ALL) && !controls.hasFunction(function)) {
      throw new LocalProblem(404, "There is no function " + function);
    }
    try {
      controls
          .faults()
          .set(
              function,
              new Fault(
                  number(body, "duplicates"),
                  Duration.ofMillis(number(body, "delayMs")),
                  Duration.ofMillis(number(body, "reorderWindowMs")),
                  number(body, "failAnswers"),
                  number(body, "failDeliveries")));
    } catch (IllegalArgumentException e) {
      throw new LocalProblem(400, String.valueOf(e.getMessage()));
    }
    return faults();
  }

  private static int number(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode()) {
      return 0;
    }
    if (!value.isInt()) {
      throw new LocalProblem(400, name + " must be a whole number");
    }
    return value.asInt();
  }

  private static JsonNode body(Request request) throws IOException {
    byte[] body;
    try (InputStream in = Content.Source.asInputStream(request)) {
      body = in.readNBytes(BODY_BYTES_MAX + 1);
    }
    if (body.length > BODY_BYTES_MAX) {
      throw new LocalProblem(413, "The body must be at most " + BODY_BYTES_MAX + " bytes");
    }
    try {
      JsonNode node = Json.mapper().readTree(body);
      if (node != null && node.isObject()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      // Reported below.
    }
    throw new LocalProblem(400, "The body must be a JSON object");
  }

  private static void asset(Response response, Callback callback, String name) throws IOException {
    PlayerPage.Asset asset =
        PlayerPage.find(name)
            .orElseThrow(() -> new LocalProblem(404, "The page has no file " + name));
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, asset.contentType());
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, asset.bytes(), callback);
  }

  private static void write(Response response, Callback callback, @Nullable Object answer)
      throws JsonProcessingException {
    if (answer == null) {
      response.setStatus(204);
      callback.succeeded();
      return;
    }
    response.setStatus(200);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
    response.write(true, ByteBuffer.wrap(Json.mapper().writeValueAsBytes(answer)), callback);
  }
}
