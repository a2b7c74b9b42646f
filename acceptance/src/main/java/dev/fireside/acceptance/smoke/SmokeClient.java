package dev.fireside.acceptance.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.play.domain.SessionSignature;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Several people's clients in one: remembers a token each.
final class SmokeClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String base;
  private final Map<String, String> tokens = new HashMap<>();
  private String lastAnswer = "none";

  SmokeClient(String base) {
    this.base = base;
  }

  void signIn(String uid, Map<String, ?> claims) {
    JsonNode answer = send("POST", "/_local/token", null, Map.of("uid", uid, "claims", claims));
    tokens.put(uid, answer.path("idToken").asText());
  }

  JsonNode get(String path, @Nullable String uid) {
    return send("GET", path, uid, null);
  }

  JsonNode send(String method, String path, @Nullable String uid, @Nullable Object body) {
    try {
      String text = exchange(method, path, uid, body).body();
      return text.isEmpty() ? Json.mapper().createObjectNode() : Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Posts a body that is signed for a game session.
  JsonNode signed(String path, String uid, String signingKey, Object body) {
    try {
      byte[] bytes = Json.mapper().writeValueAsBytes(body);
      String signature = SessionSignature.sign(signingKey, Instant.now(), "POST", path, bytes);
      String text = exchange("POST", path, uid, body, signature).body();
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int status(String method, String path, @Nullable String uid, @Nullable Object body) {
    return exchange(method, path, uid, body).statusCode();
  }

  /// The last answer, for people who look for what went wrong.
  String lastAnswer() {
    return lastAnswer;
  }

  private HttpResponse<String> exchange(
      String method, String path, @Nullable String uid, @Nullable Object body) {
    return exchange(method, path, uid, body, null);
  }

  private HttpResponse<String> exchange(
      String method,
      String path,
      @Nullable String uid,
      @Nullable Object body,
      @Nullable String signature) {
    try {
      var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
      if (uid != null) {
        request.header("Authorization", "Bearer " + tokens.get(uid));
      }
      if (signature != null) {
        request.header(SessionSignature.HEADER, signature);
      }
      if (body == null) {
        request.method(method, BodyPublishers.noBody());
      } else {
        request.header("Content-Type", "application/json");
        request.method(method, BodyPublishers.ofString(Json.mapper().writeValueAsString(body)));
      }
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      lastAnswer = method + " " + path + " -> " + response.statusCode() + " " + response.body();
      return response;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
