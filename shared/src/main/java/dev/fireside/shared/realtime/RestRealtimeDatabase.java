package dev.fireside.shared.realtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.shared.auth.AccessTokens;
import dev.fireside.shared.json.Json;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Realtime Database over its REST interface: one request a call, nothing kept in between, as
/// suits processes that come and go.
///
/// Meters: `realtime.reads` and `realtime.writes`, each attempt once. The breaker works as that of
/// [dev.fireside.shared.redis.Redis].
final class RestRealtimeDatabase implements RealtimeDatabase {
  private static final Logger log = LoggerFactory.getLogger(RestRealtimeDatabase.class);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration OPEN_FOR = Duration.ofSeconds(1);
  private static final int BREAKER_WINDOW_CALLS = 10;
  private static final int PRECONDITION_FAILED = 412;

  /// Null is what removes: it must be written, not left out.
  private static final ObjectMapper MAPPER =
      Json.mapper().copy().setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);

  private final URI address;
  private final AccessTokens tokens;
  private final Duration answerTimeout;
  private final RestClient client;
  private final CircuitBreaker breaker;
  private final Counter reads;
  private final Counter writes;

  /// @param address of the database; a query in it is kept
  RestRealtimeDatabase(URI address, AccessTokens tokens, RestClient client, MeterRegistry meters) {
    this(address, tokens, client, ANSWER_TIMEOUT, meters);
  }

  RestRealtimeDatabase(
      URI address,
      AccessTokens tokens,
      RestClient client,
      Duration answerTimeout,
      MeterRegistry meters) {
    this.address = address;
    this.tokens = tokens;
    this.client = client;
    this.answerTimeout = answerTimeout;
    this.reads = meters.counter("realtime.reads");
    this.writes = meters.counter("realtime.writes");
    this.breaker =
        CircuitBreaker.of(
            "realtime",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(BREAKER_WINDOW_CALLS)
                .minimumNumberOfCalls(BREAKER_WINDOW_CALLS / 2)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(RestClient::isOutage)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(event ->
            log.warn(
                "Realtime Database circuit breaker of {}: {}", name(), event.getStateTransition()));
  }

  @Override
  public String name() {
    String query = address.getQuery();
    return query != null && query.startsWith("ns=")
        ? query.substring("ns=".length())
        : address.getHost().split("\\.", 2)[0];
  }

  @Override
  public String url() {
    return address.toString();
  }

  @Override
  public void update(Map<String, ? extends @Nullable Object> values) {
    if (!values.isEmpty()) {
      byte[] body = encoded(values);
      send(
          "PATCH",
          location("", "print=silent"),
          body,
          !values.values().stream().anyMatch(RestRealtimeDatabase::grows));
    }
  }

  /// Whether a value counts on from what is there: written twice it counts twice.
  private static boolean grows(@Nullable Object value) {
    return value instanceof Map<?, ?> map
        && (map.get(".sv") instanceof Map<?, ?>
            || map.values().stream().anyMatch(child -> grows(child)));
  }

  @Override
  public JsonNode get(String path) {
    return json(send("GET", location(path, ""), null, true));
  }

  @Override
  public Tagged read(String path) {
    HttpResponse<String> answer =
        checked(
            call(
                "GET",
                location(path, ""),
                null,
                true,
                request -> request.header("X-Firebase-ETag", "true")));
    String tag =
        answer
            .headers()
            .firstValue("ETag")
            .orElseThrow(() -> new RealtimeException("The Realtime Database gave no ETag", null));
    return new Tagged(json(answer.body()), tag);
  }

  @Override
  public boolean putIf(String path, @Nullable Object value, String tag) {
    HttpResponse<String> answer =
        call(
            "PUT",
            location(path, ""),
            encoded(value),
            false,
            request -> request.header("if-match", tag));
    if (answer.statusCode() == PRECONDITION_FAILED) {
      return false;
    }
    checked(answer);
    return true;
  }

  @Override
  public Set<String> keys(String path) {
    var keys = new LinkedHashSet<String>();
    json(send("GET", location(path, "shallow=true"), null, true))
        .fieldNames()
        .forEachRemaining(keys::add);
    return Collections.unmodifiableSet(keys);
  }

  private URI location(String path, String query) {
    String encoded =
        Arrays.stream(path.split("/", -1))
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    String namespace = address.getRawQuery() == null ? "" : address.getRawQuery();
    String both =
        query.isEmpty() || namespace.isEmpty() ? query + namespace : query + "&" + namespace;
    return address.resolve("/" + encoded + ".json" + (both.isEmpty() ? "" : "?" + both));
  }

  private interface Extra {
    HttpRequest.Builder addTo(HttpRequest.Builder request);
  }

  private String send(String method, URI location, byte @Nullable [] body, boolean harmless) {
    return checked(call(method, location, body, harmless, request -> request)).body();
  }

  private static HttpResponse<String> checked(HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new RealtimeException(RealtimeException.refusal(answer), null);
    }
    return answer;
  }

  private HttpResponse<String> call(
      String method, URI location, byte @Nullable [] body, boolean harmless, Extra extra) {
    Counter counter = body == null ? reads : writes;
    return client.call(
        breaker,
        () -> {
          counter.increment();
          return extra.addTo(
              HttpRequest.newBuilder(location)
                  .header("Authorization", "Bearer " + tokens.current())
                  .header("Content-Type", "application/json")
                  .method(
                      method,
                      body == null
                          ? HttpRequest.BodyPublishers.noBody()
                          : HttpRequest.BodyPublishers.ofByteArray(body)));
        },
        harmless,
        answerTimeout);
  }

  private static JsonNode json(String answer) {
    try {
      return Json.mapper().readTree(answer);
    } catch (JsonProcessingException e) {
      throw new RealtimeException("The Realtime Database did not answer with JSON", e);
    }
  }

  private static byte[] encoded(@Nullable Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a value for the Realtime Database", e);
    }
  }
}
