package dev.fireside.shared.realtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
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

/// The Realtime Database over its REST interface: one request a call, nothing kept in between, as
/// suits processes that come and go.
final class RestRealtimeDatabase implements RealtimeDatabase {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

  /// How much of a refusal is passed on.
  private static final int REASON_MAX = 300;

  /// Null is what removes: it must be written, not left out.
  private static final ObjectMapper MAPPER =
      Json.mapper().copy().setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final URI address;
  private final AccessTokens tokens;
  private final Duration answerTimeout;

  /// @param address of the database; a query in it is kept
  RestRealtimeDatabase(URI address, AccessTokens tokens) {
    this(address, tokens, ANSWER_TIMEOUT);
  }

  RestRealtimeDatabase(URI address, AccessTokens tokens, Duration answerTimeout) {
    this.address = address;
    this.tokens = tokens;
    this.answerTimeout = answerTimeout;
  }

  @Override
  public void update(Map<String, ? extends @Nullable Object> values) {
    if (!values.isEmpty()) {
      send(
          "PATCH",
          location("", "print=silent"),
          HttpRequest.BodyPublishers.ofByteArray(encoded(values)));
    }
  }

  @Override
  public Set<String> keys(String path) {
    String answer =
        send("GET", location(path, "shallow=true"), HttpRequest.BodyPublishers.noBody());
    try {
      var keys = new LinkedHashSet<String>();
      Json.mapper().readTree(answer).fieldNames().forEachRemaining(keys::add);
      return Collections.unmodifiableSet(keys);
    } catch (JsonProcessingException e) {
      throw new RealtimeException("The Realtime Database did not answer with JSON", e);
    }
  }

  private URI location(String path, String query) {
    String encoded =
        Arrays.stream(path.split("/", -1))
            .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
            .collect(Collectors.joining("/"));
    String namespace = address.getRawQuery() == null ? "" : "&" + address.getRawQuery();
    return address.resolve("/" + encoded + ".json?" + query + namespace);
  }

  private String send(String method, URI location, HttpRequest.BodyPublisher body) {
    try {
      HttpResponse<String> answer =
          http.send(
              HttpRequest.newBuilder(location)
                  .timeout(answerTimeout)
                  .header("Authorization", "Bearer " + tokens.current())
                  .header("Content-Type", "application/json")
                  .method(method, body)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        String reason = answer.body();
        throw new RealtimeException(
            "The Realtime Database answered "
                + answer.statusCode()
                + " "
                + reason.substring(0, Math.min(REASON_MAX, reason.length())));
      }
      return answer.body();
    } catch (IOException e) {
      throw new RealtimeException("The Realtime Database did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RealtimeException("Interrupted while the Realtime Database worked", e);
    }
  }

  private static byte[] encoded(Map<String, ? extends @Nullable Object> values) {
    try {
      return MAPPER.writeValueAsBytes(values);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not values for the Realtime Database", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
