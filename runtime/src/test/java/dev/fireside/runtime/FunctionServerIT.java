package dev.fireside.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.runtime.sample.Echo;
import dev.fireside.runtime.sample.OnEvent;
import dev.fireside.runtime.sample.Ticks;
import dev.fireside.runtime.sample.Unmakable;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Jit;
import dev.fireside.shared.manifest.Trigger;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FunctionServerIT {
  private static Served served;

  @BeforeAll
  static void serve() throws IOException {
    served = new Served(ServerOptions.local(0));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void theLongestPrefixFindsTheFunction() throws Exception {
    assertThat(served.json("/api/echo").path("path").asText()).isEqualTo("/api/echo");
    assertThat(served.json("/api/twin/a/b?c=d").path("path").asText()).isEqualTo("/api/twin/a/b");
    assertThat(served.get("/api/echo/inner/x").body()).asString().isEqualTo("inner");
    assertThat(served.json("/api/echo/innermost").path("path").asText())
        .isEqualTo("/api/echo/innermost");
  }

  @Test
  void aPrefixEndsAtASlash() throws Exception {
    assertThat(served.get("/api/echoes").statusCode()).isEqualTo(404);
    assertThat(served.get("/api").statusCode()).isEqualTo(404);
  }

  @Test
  void everyFunctionIsServedByNameToo() throws Exception {
    assertThat(served.json("/_functions/echo").path("path").asText()).isEqualTo("/");
    assertThat(served.json("/_functions/echo/a%20b?c=d").path("path").asText()).isEqualTo("/a%20b");
    assertThat(served.get("/_functions/nobody").statusCode()).isEqualTo(404);
  }

  @Test
  void inProductionFunctionsCannotBeCalledByName() throws Exception {
    var variables =
        Map.of(
            "FIRESIDE_ENV", "production",
            "GOOGLE_CLOUD_PROJECT", "real",
            "REDIS_URL", "rediss://redis.internal:6378",
            "CURSOR_SECRETS", "a-secret-of-more-than-thirty-two-characters");
    try (var production = new Served(ServerOptions.local(0), variables)) {
      assertThat(production.get("/_functions/on-event").statusCode()).isEqualTo(404);
      assertThat(production.get("/api/echo").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTargetGetsEverything() throws Exception {
    for (String target : List.of("echo", Echo.class.getName())) {
      try (var one = new Served(ServerOptions.local(0).withTarget(target))) {
        assertThat(one.json("/").path("path").asText()).isEqualTo("/");
        assertThat(one.json("/api/broken").path("path").asText()).isEqualTo("/api/broken");
        assertThat(one.get("/health").body()).asString().isEqualTo("{\"status\":\"ok\"}");
      }
    }
  }

  @Test
  void aTargetThatIsNoneIsToldWithThoseThereAre() {
    assertThatThrownBy(() -> new Served(ServerOptions.local(0).withTarget("feeed")))
        .isInstanceOf(FunctionException.class)
        .hasMessage(
            "There is no function `feeed`; the manifests have:"
                + " broken, echo, inner, on-event, ticks, waits");
  }

  @Test
  void aFunctionThatCannotBeMadeIsNamedWithItsReason() {
    assertThatThrownBy(() -> start(entry(Unmakable.class, new Trigger.Http(List.of("/x")))))
        .isInstanceOf(FunctionException.class)
        .hasMessageContaining("bad")
        .hasMessageContaining(Unmakable.class.getName())
        .hasMessageContaining("no key to the safe");
  }

  @Test
  void aFunctionOfTheWrongKindIsNamed() {
    assertThatThrownBy(() -> start(entry(OnEvent.class, new Trigger.Http(List.of("/x")))))
        .isInstanceOf(FunctionException.class)
        .hasMessageContaining("must be a HttpFunction");
    assertThatThrownBy(() -> start(entry(Echo.class, new Trigger.PubSub("topic"))))
        .isInstanceOf(FunctionException.class)
        .hasMessageContaining("must be a CloudEventsFunction");
  }

  private static void start(EntryPoint entry) throws IOException {
    var platform = new Platform(Config.from(Map.of()), Clock.systemUTC());
    FunctionServer.start(platform, List.of(entry), ServerOptions.local(0)).close();
  }

  private static EntryPoint entry(Class<?> type, Trigger trigger) {
    return new EntryPoint(
        "bad",
        "sample",
        type.getName(),
        trigger,
        "512Mi",
        1,
        1,
        0,
        1,
        Duration.ofSeconds(1),
        Jit.C1,
        List.of());
  }

  @Test
  void functionsBelongToThePlatformThatServesThem() throws Exception {
    assertThat(served.json("/api/echo").path("project").asText()).isEqualTo("demo-runtime");
  }

  @Test
  void requestsRunOnVirtualThreads() throws Exception {
    assertThat(served.json("/api/echo").path("virtual").asBoolean()).isTrue();
  }

  @Test
  void aCloudEventReachesItsFunction() throws Exception {
    assertThat(served.send(event("e1")).statusCode()).isEqualTo(200);
    assertThat(OnEvent.IDS).contains("e1");
    assertThat(served.send(event("poison")).statusCode()).isEqualTo(500);
  }

  private static java.net.http.HttpRequest.Builder event(String id) {
    return served
        .request("/_functions/on-event")
        .header("ce-specversion", "1.0")
        .header("ce-id", id)
        .header("ce-type", "google.cloud.pubsub.topic.v1.messagePublished")
        .header("ce-source", "//pubsub.googleapis.com/projects/p/topics/t")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString("{}"));
  }

  @Test
  void aScheduleCallsItsFunction() throws Exception {
    var request =
        served
            .request("/_functions/ticks")
            .header("X-CloudScheduler-ScheduleTime", "2026-11-21T03:00:00Z")
            .POST(BodyPublishers.noBody());

    assertThat(served.send(request).statusCode()).isEqualTo(204);
    assertThat(Ticks.DUE).contains(Instant.parse("2026-11-21T03:00:00Z"));
  }

  @Test
  void theCallersAddressIsAppendedAsAProxyWould() throws Exception {
    var request = served.request("/api/echo").header("X-Forwarded-For", "1.2.3.4");

    assertThat(new String(served.send(request).body(), StandardCharsets.UTF_8))
        .contains("\"forwardedFor\":[\"1.2.3.4\",\"127.0.0.1\"]");
  }

  @Test
  void behindAProxyTheForwardedAddressIsLeftAlone() throws Exception {
    var options = new ServerOptions("127.0.0.1", 0, null, true, List.of());
    try (var behind = new Served(options)) {
      var request = behind.request("/api/echo").header("X-Forwarded-For", "1.2.3.4");

      assertThat(new String(behind.send(request).body(), StandardCharsets.UTF_8))
          .contains("\"forwardedFor\":[\"1.2.3.4\"]");
    }
  }

  @Test
  void metricsAreServedInPrometheusText() throws Exception {
    served.get("/_functions/ticks");

    assertThat(served.get("/metrics").body()).asString().contains("schedule_duration_seconds");
  }

  @Test
  void aTakenPortIsAnError() {
    assertThatThrownBy(() -> new Served(ServerOptions.local(served.server.port())))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(Integer.toString(served.server.port()));
  }
}
