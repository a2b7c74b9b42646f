package dev.fireside.shared.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestRealtimeDatabaseIT {
  private record Call(String method, String uri, String authorization, JsonNode body) {}

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int status = 204;
  private volatile String answer = "{\"error\":\"No\"}";
  private volatile boolean silent;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.add(
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              Json.mapper().readTree(exchange.getRequestBody())));
      if (silent) {
        over.await();
      }
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, status == 204 ? -1 : body.length);
      if (status != 204) {
        exchange.getResponseBody().write(body);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String host() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private RestRealtimeDatabase database(Duration answerTimeout) {
    return new RestRealtimeDatabase(
        URI.create("http://" + host() + "/?ns=app"), () -> "owner", answerTimeout);
  }

  @Test
  void writesAtManyPlacesInOneRequest() throws Exception {
    var values = new HashMap<String, Object>();
    values.put("rooms/a/title", "Tea");
    values.put("rooms/b", Map.of("people", 3, "open", true));
    values.put("rooms/c", null);

    try (RealtimeDatabase database =
        RealtimeDatabase.connect(
            Config.from(
                Map.of(
                    "FIREBASE_DATABASE_URL",
                    "https://app.firebaseio.com",
                    "FIREBASE_DATABASE_EMULATOR_HOST",
                    host())))) {
      database.update(values);
    }

    assertThat(calls)
        .containsExactly(
            new Call(
                "PATCH",
                "/.json?print=silent&ns=app",
                "Bearer owner",
                Json.mapper()
                    .readTree(
                        """
                        {"rooms/a/title": "Tea", "rooms/b": {"people": 3, "open": true},
                         "rooms/c": null}
                        """)));
  }

  @Test
  void readsTheNamesBelowAPath() {
    status = 200;
    answer = "{\"daily-2026-11-21\":true,\"cron-2026-11-21T06:00Z\":true}";

    try (var database = database(Duration.ofSeconds(5))) {
      assertThat(database.keys("boards/a b"))
          .containsExactly("daily-2026-11-21", "cron-2026-11-21T06:00Z");
      answer = "null";
      assertThat(database.keys("nothing")).isEmpty();
    }

    assertThat(calls)
        .extracting(Call::uri)
        .containsExactly(
            "/boards/a%20b.json?shallow=true&ns=app", "/nothing.json?shallow=true&ns=app");
  }

  @Test
  void asksForATokenForEveryCallSinceTheyExpire() {
    var tokens = new AtomicInteger();
    try (var database =
        new RestRealtimeDatabase(
            URI.create("http://" + host()), () -> "token" + tokens.incrementAndGet())) {
      database.update(Map.of("a", 1));
      database.update(Map.of("a", 2));
    }

    assertThat(calls)
        .extracting(Call::authorization)
        .containsExactly("Bearer token1", "Bearer token2");
    assertThat(calls).extracting(Call::uri).containsOnly("/.json?print=silent");
  }

  @Test
  void sendsNothingWhereNothingIsToBeWritten() {
    try (var database = database(Duration.ofSeconds(5))) {
      database.update(Map.of());
    }

    assertThat(calls).isEmpty();
  }

  @Test
  void tellsThatTheDatabaseRefused() {
    status = 401;

    try (var database = database(Duration.ofSeconds(5))) {
      assertThatExceptionOfType(RealtimeException.class)
          .isThrownBy(() -> database.update(Map.of("a", 1)))
          .withMessage("The Realtime Database answered 401 {\"error\":\"No\"}");
    }
  }

  @Test
  void doesNotWaitForEver() {
    silent = true;

    try (var database = database(Duration.ofMillis(200))) {
      assertThatExceptionOfType(RealtimeException.class)
          .isThrownBy(() -> database.update(Map.of("a", 1)));
    }
  }

  @Test
  void tellsThatTheDatabaseIsAwayAndReachesItAgain() throws IOException {
    InetSocketAddress address = server.getAddress();
    try (var database = database(Duration.ofSeconds(5))) {
      database.update(Map.of("a", 1));
      server.stop(0);
      assertThatExceptionOfType(RealtimeException.class)
          .isThrownBy(() -> database.update(Map.of("a", 2)));

      server = HttpServer.create(address, 0);
      server.createContext("/", this::answer);
      server.start();
      database.update(Map.of("a", 3));
    }

    assertThat(calls).hasSize(2);
  }

  @Test
  void aProjectWithoutADatabasePublishesNothing() {
    try (RealtimeDatabase database = RealtimeDatabase.connect(Config.from(Map.of()))) {
      database.update(Map.of("a", Optional.of("nobody reads this")));
      assertThat(database.keys("a")).isEmpty();
    }

    assertThat(calls).isEmpty();
  }
}
