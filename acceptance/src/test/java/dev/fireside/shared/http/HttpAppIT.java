package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.Served.Answer;
import io.micrometer.core.instrument.Timer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpAppIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .entryPoints("none")
          .with(
              Map.of(
                  "CORS_ORIGINS", "https://app.example.com",
                  "ADMIN_SECOND_FACTOR", "true",
                  "ADMIN_NETWORKS", "10.0.0.0/8, 2001:db8::/32"));

  private static final AtomicInteger NEXT_ADDRESS = new AtomicInteger();
  static final String SECRET = "the cause that nobody may see";

  // What breaks here breaks on purpose.
  private static final Logger QUIET = Logger.getLogger(HttpApp.class.getName());

  private static Served served;

  @BeforeAll
  static void serve() throws IOException {
    // Standing still: nothing is refilled while tests count.
    fireside.clock().stopAt(Instant.now());
    QUIET.setLevel(Level.OFF);
    served = new Served(fireside.platform(), ThingsFunction.class);
  }

  @AfterAll
  static void stop() {
    QUIET.setLevel(null);
    served.close();
  }

  /// An address that nobody has called from.
  private static String address() {
    int n = NEXT_ADDRESS.incrementAndGet();
    return "203.0." + n / 250 + "." + n % 250;
  }

  private static Answer get(String path, String... headers) {
    var all = new java.util.ArrayList<>(List.of("X-Forwarded-For", address()));
    all.addAll(List.of(headers));
    return served.get(path, all.toArray(String[]::new));
  }

  private static String bearer(String uid, Map<String, Object> claims) {
    return "Bearer " + fireside.project().token(uid, claims);
  }

  private static Answer post(String body, String contentType) {
    return served.send(
        "POST", "/api/things", body, "Content-Type", contentType, "X-Forwarded-For", address());
  }

  @Test
  void answersWithTheHeadersThatEveryAnswerHas() {
    Answer answer = get("/api/public");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("{\"a\":1}");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answer.header("ETag")).isEmpty();
    assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answer.header("X-Request-Id")).matches("[0-9a-f]{32}");
    assertThat(answer.header("RateLimit-Policy")).isEqualTo("\"anonymous\";q=100;w=900");
    assertThat(answer.header("RateLimit")).matches("\"anonymous\";r=99;t=\\d+");
    assertThat(answer.header("RateLimit-Limit")).isEqualTo("100");
    assertThat(answer.header("RateLimit-Remaining")).isEqualTo("99");
    assertThat(answer.header("RateLimit-Reset")).isEqualTo("9");
  }

  @Test
  void headAnswersAsGetWithoutABody() {
    Answer answer = served.send("HEAD", "/api/kept", "", "X-Forwarded-For", address());

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEmpty();
    assertThat(answer.header("ETag")).isEqualTo(get("/api/kept").header("ETag"));
    assertThat(answer.header("Content-Length"))
        .isEqualTo(get("/api/kept").header("Content-Length"))
        .isNotEqualTo("0");
  }

  @Test
  void whoHasItAlreadyGetsA304() {
    Answer first = get("/api/kept");
    String etag = first.header("ETag");
    assertThat(etag).matches("W/\"[0-9a-f]+\"");
    assertThat(first.header("Cache-Control")).isEqualTo("public, max-age=60");

    for (String known : List.of(etag, "\"x\", " + etag, "*", etag.substring(2))) {
      Answer again = get("/api/kept", "If-None-Match", known);
      assertThat(again.status()).as(known).isEqualTo(304);
      assertThat(again.text()).isEmpty();
      assertThat(again.header("ETag")).isEqualTo(etag);
      assertThat(again.header("Cache-Control")).isEqualTo("public, max-age=60");
    }
    assertThat(get("/api/kept", "If-None-Match", "W/\"x\"").status()).isEqualTo(200);
  }

  @Test
  void whatIsOnesOwnIsKeptByNobodyElse() {
    Answer answer = get("/api/mine", "Authorization", bearer("ann", Map.of()));

    assertThat(answer.header("Cache-Control")).isEqualTo("private, no-cache");
    assertThat(answer.header("Vary")).contains("Authorization");
    assertThat(answer.body().path("uid").asText()).isEqualTo("ann");
  }

  @Test
  void browsersMayCallFromAllowedOriginsOnly() {
    Answer allowed = get("/api/public", "Origin", "https://app.example.com");
    assertThat(allowed.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.com");
    assertThat(allowed.header("Access-Control-Expose-Headers")).contains("ETag", "Retry-After");
    assertThat(allowed.header("Vary")).contains("Origin");

    Answer refused = get("/api/public", "Origin", "https://evil.example.com");
    assertThat(refused.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(refused.header("Vary")).contains("Origin");

    Answer problem = get("/api/nothing", "Origin", "https://app.example.com");
    assertThat(problem.status()).isEqualTo(404);
    assertThat(problem.header("Access-Control-Allow-Origin")).isNotEmpty();
  }

  @Test
  void theFixedPathGoesFirst() {
    assertThat(get("/api/things/special").text()).isEqualTo("[]");
    assertThat(get("/api/things/gr%C3%BC%C3%9Fe+").text()).isEqualTo("[\"grüße+\"]");
    assertThat(served.send("DELETE", "/api/things/a", "").header("Allow"))
        .isEqualTo("GET, HEAD, OPTIONS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "?limit=0",
        "?limit=101",
        "?limit=x",
        "?limit=9999999999",
        "?limit=+3",
        "?limit=%2B3",
        "?limit=%D9%A3",
        "?limit=%EF%BC%93",
        "?sort=old",
        "?cursor=x",
        "?limit=%zz",
        "?cursor=%C3%28",
        "?sort=%"
      })
  void refusesQueriesThatMakeNoSense(String query) throws IOException {
    // The client's own URI class refuses to send some of these.
    String answer = Raw.get(served.uri(), "/api/list" + query, address());

    assertThat(answer).startsWith("HTTP/1.1 400").contains("urn:fireside:problem:invalid-");
  }

  @Test
  void pagesAreBoundToTheCaller() {
    Answer first = get("/api/list?limit=5");
    String cursor = first.body().path("nextCursor").asText();

    assertThat(get("/api/list?limit=5&cursor=" + cursor).body().path("items").get(1).asInt())
        .isEqualTo(5);
    assertThat(
            get("/api/list?cursor=" + cursor, "Authorization", bearer("ann", Map.of())).problem())
        .isEqualTo("invalid-cursor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"name\": \"a\"} | application/json | 201 | ``",
        "{\"name\": \"a\"} | Application/JSON; charset=utf-8 | 201 | ``",
        "{\"name\": \"a\"} | text/plain | 415 | unsupported-media-type",
        "{\"name\": \"a\"} | application/jsonp | 415 | unsupported-media-type",
        "{\"name\": 1} | application/json | 400 | invalid-input",
        "{\"name\": \"\"} | application/json | 400 | invalid-input",
        "{ | application/json | 400 | malformed-body",
        "[] | application/json | 400 | malformed-body"
      })
  void readsBodiesStrictly(String body, String type, int status, String problem) {
    Answer answer = post(body, type);

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.problem()).isEqualTo(problem);
  }

  @Test
  void aBodyMayHave256KiB() {
    String full = "{\"name\": \"a\"" + " ".repeat(256 * 1024 - 13) + "}";
    assertThat(full).hasSize(256 * 1024);

    assertThat(post(full, "application/json").status()).isEqualTo(201);
    assertThat(post(full + " ", "application/json").status()).isEqualTo(413);
    assertThat(post(" ".repeat(2_000_000), "application/json").problem())
        .isEqualTo("payload-too-large");
  }

  @Test
  void aBodyThatIsNotSentAsItsHeadersSayIsMalformed() throws IOException {
    String answer = Raw.send(served.uri(), posting("Transfer-Encoding: chunked", "zz\r\n{}\r\n"));

    assertThat(answer)
        .startsWith("HTTP/1.1 400")
        .contains("urn:fireside:problem:malformed-body", "Connection: close");
  }

  @Test
  void aBodyThatIsRefusedIsNotAskedFor() throws IOException {
    String answer =
        Raw.send(served.uri(), posting("Expect: 100-continue\r\nContent-Length: 300000", ""));

    assertThat(answer)
        .startsWith("HTTP/1.1 413")
        .contains("urn:fireside:problem:payload-too-large", "Connection: close");
  }

  @Test
  void aBodyThatIsRefusedIsNotWaitedFor() throws IOException {
    assertThat(Raw.statusLine(served.uri(), posting("Content-Length: 300000", "{")))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void whoGoesAwayInTheMiddleOfABodyIsNoFaultOfOurs() throws IOException {
    var faults = new CopyOnWriteArrayList<String>();
    // Nothing else in these tests lets an exception go as far as the framework.
    var framework = Logger.getLogger("com.google.cloud.functions");
    var handler =
        new StreamHandler() {
          @Override
          public synchronized void publish(LogRecord said) {
            faults.add(said.getMessage());
          }
        };
    framework.addHandler(handler);
    try {
      long before = malformed();
      Raw.abandon(served.uri(), posting("Content-Length: 300", "{"));
      await().until(() -> malformed() == before + 1);
      assertThat(faults).isEmpty();
    } finally {
      framework.removeHandler(handler);
    }
  }

  /// How many bodies were answered 400 here.
  private static long malformed() {
    return fireside.platform().meters().find("http.duration").tag("status", "400").timers().stream()
        .filter(timer -> "/api/things".equals(timer.getId().getTag("route")))
        .mapToLong(Timer::count)
        .sum();
  }

  private static String posting(String header, String body) {
    return "POST /api/things HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\n%s\r\n\r\n%s"
        .formatted(address(), header, body);
  }

  @Test
  void tellsEveryWrongFieldInAProblem() {
    Answer answer = post("{}", "application/json");

    assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    assertThat(answer.body().path("status").asInt()).isEqualTo(400);
    assertThat(answer.body().path("title").asText()).isNotEmpty();
    assertThat(answer.body().path("detail").asText()).isEqualTo("name is missing");
    assertThat(answer.body().path("errors").get(0).path("field").asText()).isEqualTo("name");
    assertThat(answer.body().path("traceId").asText()).isEqualTo(answer.header("X-Request-Id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/breaks", "/api/unwritable"})
  void whatBreaksIs500AndHidesTheCause(String path) {
    Answer answer = get(path);

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.problem()).isEqualTo("internal");
    assertThat(answer.text()).doesNotContain(SECRET, "Exception", "dev.fireside");
  }

  @Test
  void anonymousCallersHaveAHundredCallsAnAddress() throws Exception {
    String mine = address();
    List<Answer> answers =
        Calls.atOnce(110, _ -> served.get("/api/public", "X-Forwarded-For", mine));

    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(100);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize(10)
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(429);
          assertThat(answer.problem()).isEqualTo("rate-limited");
          assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 9);
          assertThat(answer.header("RateLimit-Remaining")).isEqualTo("0");
        });
    assertThat(get("/api/public").status()).as("from elsewhere").isEqualTo(200);
    assertThat(served.get("/api/public", "X-Forwarded-For", "6.6.6.6, " + mine).status())
        .as("with a forged entry")
        .isEqualTo(429);
  }

  @Test
  void guessingTokensCountsAsCallingWithoutOne() {
    String mine = address();
    // The second half comes from the emulator's own kind of token, without `exp`.
    String endless = unsigned("{\"iss\":\"ISSUER\",\"aud\":\"PROJECT\",\"sub\":\"ann\",\"iat\":1}");
    for (int i = 0; i < 100; i++) {
      String token = i < 50 ? "guess" + i : endless;
      assertThat(
              served
                  .get("/api/who", "X-Forwarded-For", mine, "Authorization", "Bearer " + token)
                  .status())
          .isEqualTo(401);
    }
    assertThat(
            served.get("/api/who", "X-Forwarded-For", mine, "Authorization", "Bearer x").status())
        .isEqualTo(429);
  }

  private static String unsigned(String claims) {
    String project = fireside.project().projectId();
    String payload =
        claims
            .replace("ISSUER", "https://securetoken.google.com/PROJECT")
            .replace("PROJECT", project);
    return encoded("{\"alg\":\"none\"}") + "." + encoded(payload) + ".";
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aRouteMayHaveABudgetOfItsOwnForEachPerson() {
    String ann = bearer("ann-few", Map.of());
    for (int left = 2; left >= 0; left--) {
      assertThat(get("/api/few", "Authorization", ann).header("RateLimit-Remaining"))
          .isEqualTo(Integer.toString(left));
    }
    assertThat(get("/api/few", "Authorization", ann).status()).isEqualTo(429);
    assertThat(get("/api/mine", "Authorization", ann).status()).isEqualTo(200);
    assertThat(get("/api/few", "Authorization", bearer("bob-few", Map.of())).status())
        .isEqualTo(204);
    String server = bearer("server", Map.of("roles", List.of("admin")));
    assertThat(get("/api/few", "Authorization", server).header("RateLimit-Remaining"))
        .isEqualTo("89");
  }

  @Test
  void accessIsAsTheRouteSays() {
    String user = bearer("ann", Map.of());
    String moderator = bearer("mod", Map.of("roles", List.of("moderator", "nonsense")));
    Map<String, Object> factor = Map.of("sign_in_second_factor", "phone");
    String admin = bearer("adm", Map.of("roles", List.of("admin"), "firebase", factor));
    String weakAdmin = bearer("weak", Map.of("roles", List.of("admin")));

    assertThat(get("/api/who").body().path("uid").asText()).isEqualTo("nobody");
    assertThat(get("/api/who", "Authorization", user).body().path("uid").asText()).isEqualTo("ann");
    assertThat(get("/api/mine").status()).isEqualTo(401);
    assertThat(get("/api/mine").header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(get("/api/moderate").status()).isEqualTo(401);
    assertThat(get("/api/moderate", "Authorization", user).problem()).isEqualTo("forbidden");
    assertThat(get("/api/moderate", "Authorization", moderator).status()).isEqualTo(204);
    assertThat(get("/api/moderate", "Authorization", weakAdmin).status()).isEqualTo(204);
    assertThat(admin("10.1.2.3", moderator).problem()).isEqualTo("forbidden");
    assertThat(admin("10.1.2.3", weakAdmin).problem()).isEqualTo("second-factor-required");
    assertThat(admin("203.0.113.1", admin).problem()).isEqualTo("forbidden");
    assertThat(admin("10.1.2.3", admin).status()).isEqualTo(204);
    assertThat(admin("2001:db8::5", admin).status()).isEqualTo(204);
  }

  private static Answer admin(String from, String token) {
    return served.get("/api/admin", "X-Forwarded-For", from, "Authorization", token);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer", "Bearer ", "Basic YTpi", "bearer x", "Bearer a.b.c", "Bearer a b"})
  void aWrongTokenIs401EvenWhereNoneIsNeeded(String header) {
    Answer answer = get("/api/public", "Authorization", header);

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.problem()).isEqualTo("unauthenticated");
    assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
  }

  @Test
  void anUnreachableFirestoreIs503() throws IOException {
    var variables = new HashMap<>(fireside.platform().config().settings());
    variables.put("FIRESTORE_EMULATOR_HOST", "127.0.0.1:1");
    try (var platform = new Platform(Config.from(variables), fireside.clock());
        var away = new Served(platform, ThingsFunction.class)) {
      Answer answer = away.get("/api/stored", "X-Forwarded-For", address());

      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.problem()).isEqualTo("unavailable");
      assertThat(answer.header("Retry-After")).isEqualTo("1");
      assertThat(away.get("/api/public", "X-Forwarded-For", address()).status()).isEqualTo(200);
    }
    assertThat(get("/api/stored").text()).isEqualTo("[false]");
  }
}
