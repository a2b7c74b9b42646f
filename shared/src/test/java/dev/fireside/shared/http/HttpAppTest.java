package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.Platform;
import dev.fireside.shared.TestClock;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is answered before anything is asked of a store; the rest is in `HttpAppIT`.
final class HttpAppTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Platform platform =
      new Platform(
          Config.from(
              Map.of(
                  "FIRESTORE_EMULATOR_HOST", "localhost:1",
                  "CORS_ORIGINS", "https://app.example.com")),
          TestClock.atNoon(),
          meters);
  private final HttpApp app =
      new HttpApp(platform)
          .route("GET", "/api/things/{id}", Access.PUBLIC, request -> Response.noContent())
          .route("POST", "/api/things", Access.USER, request -> Response.noContent())
          .route("DELETE", "/api/things/{id}", Access.ADMIN, request -> Response.noContent())
          .route(
              "POST",
              "/api/webhooks/things",
              Access.SIGNED,
              request -> Response.ok(Map.of("bytes", request.rawBody().length)))
          .route("GET", "/api/webhooks/things", Access.SIGNED, HttpAppTest::listed);

  // The report is to show what failed, not every call.
  private static final Logger ACCESS = Logger.getLogger("access");

  @BeforeAll
  static void hush() {
    ACCESS.setLevel(Level.WARNING);
  }

  @AfterEach
  void close() {
    platform.close();
  }

  /// Reads query parameters in every way there is.
  private static Response listed(Request request) {
    request.query("text", 10);
    request.query("number", 1, 1, 10);
    request.queryOneOf("one", List.of("a", "b"));
    request.queryOneOf("kind", Access.class);
    request.queryList("names", 2, 10);
    return Response.noContent();
  }

  /// An empty parameter is no way to ask for everything.
  @ParameterizedTest
  @ValueSource(strings = {"text", "number", "one", "kind", "names"})
  void refusesAParameterWithoutAValue(String name) throws IOException {
    assertThat(answer(FakeRequest.of("GET", "/api/webhooks/things")).status()).isEqualTo(204);
    for (String empty : List.of("", " ")) {
      FakeResponse response =
          answer(FakeRequest.of("GET", "/api/webhooks/things").parameter(name, empty));
      assertThat(response.status()).as("%s=%s", name, empty).isEqualTo(400);
      assertThat(problem(response).path("errors").path(0).path("field").asText())
          .isEqualTo("?" + name);
    }
  }

  private FakeResponse answer(FakeRequest request) throws IOException {
    var response = new FakeResponse();
    app.service(request, response);
    return response;
  }

  private static JsonNode problem(FakeResponse response) throws IOException {
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    return Json.mapper().readTree(response.body());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/api", "/api/thing", "/api/things/", "/api/things/a/b", "/api/things/%zz"})
  void anUnknownPathIs404(String path) throws IOException {
    FakeResponse response =
        answer(FakeRequest.of("GET", path + (path.equals("/api/things/") ? "//" : "")));

    assertThat(response.status()).isEqualTo(404);
    JsonNode problem = problem(response);
    assertThat(problem.path("type").asText()).isEqualTo("urn:fireside:problem:not-found");
    assertThat(problem.path("status").asInt()).isEqualTo(404);
    assertThat(problem.path("traceId").asText()).isEqualTo(response.header("X-Request-Id"));
  }

  @Test
  void anUnknownMethodIs405AndToldWhatThereIs() throws IOException {
    FakeResponse response = answer(FakeRequest.of("PUT", "/api/things/a"));

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    assertThat(problem(response).path("title").asText()).isNotEmpty();
    assertThat(answer(FakeRequest.of("GET", "/api/things")).header("Allow"))
        .isEqualTo("OPTIONS, POST");
  }

  @Test
  void aSignedRouteGetsTheRawBodyAndReadsNoToken() throws IOException {
    FakeResponse response =
        answer(
            FakeRequest.of("POST", "/api/webhooks/things")
                .header("Authorization", "not a token")
                .header("Idempotency-Key", "k")
                .text("{ \"a\" : 1 }"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(Json.mapper().readTree(response.body()).path("bytes").asInt()).isEqualTo(11);
  }

  @Test
  void optionsTellsTheMethods() throws IOException {
    FakeResponse response = answer(FakeRequest.of("OPTIONS", "/api/things/a"));

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS");
    assertThat(answer(FakeRequest.of("OPTIONS", "/api/none")).status()).isEqualTo(404);
  }

  @Test
  void aPreflightOfAnAllowedOriginMayGoOn() throws IOException {
    FakeResponse response =
        answer(
            FakeRequest.of("OPTIONS", "/api/things")
                .header("Origin", "https://app.example.com")
                .header("Access-Control-Request-Method", "POST"));

    assertThat(response.status()).isEqualTo(204);
    assertThat(response.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
    assertThat(response.header("Access-Control-Allow-Methods")).contains("POST", "DELETE");
    assertThat(response.header("Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Encoding", "Content-Type", "Idempotency-Key");
    assertThat(response.header("Access-Control-Max-Age")).isNotEmpty();
    assertThat(response.header("Vary")).contains("Origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example.com",
        "http://app.example.com",
        "null",
        "https://app.example.com.evil.com"
      })
  void anotherOriginIsToldNothing(String origin) throws IOException {
    FakeResponse response =
        answer(
            FakeRequest.of("OPTIONS", "/api/things")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST"));

    assertThat(response.getHeaders()).doesNotContainKey("Access-Control-Allow-Origin");
    assertThat(response.header("Vary")).contains("Origin");
  }

  @Test
  void everyAnswerCarriesTheSecurityHeaders() throws IOException {
    FakeResponse response = answer(FakeRequest.of("GET", "/nothing"));

    assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(response.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(response.header("Strict-Transport-Security")).contains("max-age");
    assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(response.header("Cache-Control")).isEqualTo("no-store");
  }

  @Test
  void goesOnInTheTraceOfTheCaller() throws IOException {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";

    FakeResponse response =
        answer(
            FakeRequest.of("GET", "/nothing")
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));

    assertThat(response.header("X-Request-Id")).isEqualTo(trace);
  }

  @Test
  void callersCannotMakeUpMeters() throws IOException {
    for (int i = 0; i < 50; i++) {
      answer(FakeRequest.of("M" + i, "/api/things"));
      answer(FakeRequest.of("GET", "/path/" + i));
    }

    assertThat(meters.find("http.duration").timers()).hasSize(2);
  }

  @Test
  void describesItsRoutes() {
    assertThat(app.describe())
        .containsExactly(
            "DELETE /api/things/{id} ADMIN",
            "GET /api/things/{id} PUBLIC",
            "GET /api/webhooks/things SIGNED",
            "POST /api/things USER",
            "POST /api/webhooks/things SIGNED");
  }
}
