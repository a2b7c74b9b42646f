package dev.fireside.shared.realtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.shared.auth.AccessTokens;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.GivenUpException;
import dev.fireside.shared.load.Limiter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestRealtimeDatabaseIT {
  private record Call(
      String method, String uri, String authorization, String ifMatch, JsonNode body) {}

  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile int status = 204;
  private volatile String answer = "{\"error\":\"No\"}";
  private volatile boolean silent;
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final RestClient client =
      new RestClient(new Limiter("realtime", 4, Duration.ofSeconds(1), meters));
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
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      calls.add(
          new Call(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders().getFirst("Authorization"),
              exchange.getRequestHeaders().getFirst("if-match"),
              Json.mapper().readTree(exchange.getRequestBody())));
      if (silent) {
        over.await();
      }
      exchange.getResponseHeaders().set("ETag", "tag1");
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
    return database("http://" + host() + "/?ns=app", () -> "owner", answerTimeout);
  }

  private RestRealtimeDatabase database(
      String address, AccessTokens tokens, Duration answerTimeout) {
    return new RestRealtimeDatabase(URI.create(address), tokens, client, answerTimeout, meters);
  }

  private RealtimeDatabases connect(Map<String, String> settings) {
    var all = new HashMap<>(settings);
    all.put("FIREBASE_DATABASE_EMULATOR_HOST", host());
    return RealtimeDatabases.connect(Config.from(all), meters);
  }

  @Test
  void writesAtManyPlacesInOneRequest() throws Exception {
    var values = new HashMap<String, Object>();
    values.put("rooms/a/title", "Tea");
    values.put("rooms/b", Map.of("people", 3, "open", true));
    values.put("rooms/c", null);

    try (var databases = connect(Map.of("FIREBASE_DATABASE_URLS", "https://app.firebaseio.com"))) {
      databases.main().update(values);
      assertThat(databases.main().name()).isEqualTo("app");
    }

    assertThat(calls)
        .containsExactly(
            new Call(
                "PATCH",
                "/.json?print=silent&ns=app",
                "Bearer owner",
                null,
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

    var database = database(Duration.ofSeconds(5));
    assertThat(database.keys("boards/a b"))
        .containsExactly("daily-2026-11-21", "cron-2026-11-21T06:00Z");
    answer = "null";
    assertThat(database.keys("nothing")).isEmpty();

    assertThat(calls)
        .extracting(Call::uri)
        .containsExactly(
            "/boards/a%20b.json?shallow=true&ns=app", "/nothing.json?shallow=true&ns=app");
  }

  @Test
  void asksForATokenForEveryCallSinceTheyExpire() {
    var tokens = new AtomicInteger();
    var database =
        database(
            "http://" + host(), () -> "token" + tokens.incrementAndGet(), Duration.ofSeconds(5));
    database.update(Map.of("a", 1));
    database.update(Map.of("a", 2));

    assertThat(calls)
        .extracting(Call::authorization)
        .containsExactly("Bearer token1", "Bearer token2");
    assertThat(calls).extracting(Call::uri).containsOnly("/.json?print=silent");
  }

  @Test
  void sendsNothingWhereNothingIsToBeWritten() {
    var database = database(Duration.ofSeconds(5));
    database.update(Map.of());

    assertThat(calls).isEmpty();
  }

  @Test
  void tellsThatTheDatabaseRefused() {
    status = 401;

    var database = database(Duration.ofSeconds(5));
    assertThatExceptionOfType(RealtimeException.class)
        .isThrownBy(() -> database.update(Map.of("a", 1)))
        .withMessage("The Realtime Database answered 401 {\"error\":\"No\"}");
  }

  @Test
  void doesNotWaitForEver() {
    silent = true;

    var database = database(Duration.ofMillis(200));
    assertThatExceptionOfType(RealtimeException.class)
        .isThrownBy(() -> database.update(Map.of("a", 1)));
  }

  @Test
  void tellsThatTheDatabaseIsAwayAndReachesItAgain() throws IOException {
    InetSocketAddress address = server.getAddress();
    var database = database(Duration.ofSeconds(5));
    database.update(Map.of("a", 1));
    server.stop(0);
    assertThatExceptionOfType(RealtimeException.class)
        .isThrownBy(() -> database.update(Map.of("a", 2)));

    server = HttpServer.create(address, 0);
    server.createContext("/", this::answer);
    server.start();
    database.update(Map.of("a", 3));

    assertThat(calls).hasSize(2);
  }

  @Test
  void aProjectWithoutADatabasePublishesNothing() {
    try (var databases = RealtimeDatabases.connect(Config.from(Map.of()), meters)) {
      RealtimeDatabase database = databases.of("ada");
      database.update(Map.of("a", Optional.of("nobody reads this")));
      assertThat(database.keys("a")).isEmpty();
      assertThat(database.get("a").isNull()).isTrue();
      assertThat(database.url()).isNull();
      assertThat(database.putIf("a", 1, database.read("a").tag())).isTrue();
    }

    assertThat(calls).isEmpty();
  }

  @Test
  void readsAValueAndChangesItUnlessOthersDid() throws IOException {
    status = 200;
    answer = "{\"a\":1}";
    var database = database(Duration.ofSeconds(5));
    assertThat(database.get("rooms/a")).isEqualTo(Json.mapper().readTree(answer));

    RealtimeDatabase.Tagged read = database.read("rooms/a");
    assertThat(read.value()).isEqualTo(Json.mapper().readTree(answer));
    assertThat(read.tag()).isEqualTo("tag1");

    assertThat(database.putIf("rooms/a", 2, read.tag())).isTrue();
    status = 412;
    assertThat(database.putIf("rooms/a", 3, read.tag())).isFalse();
    assertThat(calls)
        .extracting(call -> call.method() + " " + call.uri() + " " + call.ifMatch())
        .containsExactly(
            "GET /rooms/a.json?ns=app null",
            "GET /rooms/a.json?ns=app null",
            "PUT /rooms/a.json?ns=app tag1",
            "PUT /rooms/a.json?ns=app tag1");
  }

  @ParameterizedTest
  @CsvSource({"500, false, 3", "503, true, 3", "429, true, 3", "500, true, 1", "401, false, 1"})
  void triesAgainWhereThatIsHarmless(int refusal, boolean counting, int attempts) {
    status = refusal;
    Object value = counting ? Map.of("n", RealtimeDatabase.increment(1)) : 1;

    var database = database(Duration.ofSeconds(5));
    assertThatExceptionOfType(RealtimeException.class)
        .isThrownBy(() -> database.update(Map.of("a", value)));

    assertThat(calls).hasSize(attempts);
    assertThat(meters.counter("realtime.writes").count()).isEqualTo(attempts);
  }

  @Test
  void leavesADatabaseAloneThatDoesNotAnswer() {
    status = 500;
    var database = database(Duration.ofSeconds(5));
    for (int i = 0; i < 4; i++) {
      assertThatExceptionOfType(RealtimeException.class)
          .isThrownBy(() -> database.update(Map.of("a", 1)));
    }

    assertThat(calls).hasSizeLessThan(12);
  }

  @Test
  void endsWhenNobodyWaitsAnyMore() {
    silent = true;
    Errand errand = Errand.request();
    var giver =
        Thread.startVirtualThread(() -> {
          try {
            calls.take();
            errand.giveUp();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    var database = database(Duration.ofMinutes(1));
    assertThatExceptionOfType(GivenUpException.class)
        .isThrownBy(() -> errand.run(() -> database.get("a")));
    assertThat(giver).isNotNull();
  }

  @Test
  void aFurtherDatabaseTakesOnlyItsShare() {
    try (var two = connect(urls("a,b"));
        var three = connect(urls("a,b,c"))) {
      int moved = 0;
      for (int i = 0; i < 3_000; i++) {
        String before = two.of("user" + i).name();
        String after = three.of("user" + i).name();
        if (!before.equals(after)) {
          assertThat(after).isEqualTo("c");
          moved++;
        }
      }
      assertThat(moved).isBetween(800, 1_200);
      assertThat(three.named("c").orElseThrow().url()).endsWith("/?ns=c");
      assertThat(three.named("d")).isEmpty();
      assertThat(three.all()).hasSize(3);
    }
  }

  private static Map<String, String> urls(String names) {
    return Map.of(
        "FIREBASE_DATABASE_URLS",
        "https://" + String.join(".firebaseio.com,https://", names.split(",")) + ".firebaseio.com");
  }
}
