package dev.fireside.payments.vault.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A symmetric key of Cloud KMS, over REST: two calls do not need a client library. Old versions of
/// the key decrypt what they encrypted, so KMS may rotate it by itself.
final class KmsKey {
  private static final Logger log = LoggerFactory.getLogger(KmsKey.class);
  private static final String BASE = "https://cloudkms.googleapis.com";
  private static final String SCOPE = "https://www.googleapis.com/auth/cloudkms";
  private static final String PLACE = "additionalAuthenticatedData";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int OK = 200;
  private static final int SERVER_ERRORS = 500;
  private static final int RATE_LIMITED = 429;
  private static final int KEPT_MAX = 2_000;

  private final String name;
  private final String base;
  private final boolean authenticated;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private volatile @Nullable GoogleCredentials credentials;
  // What is asked for is always read from Firestore first, so a deleted key is not found here.
  private final Map<String, byte[]> unwrapped = new ConcurrentHashMap<>();

  KmsKey(String name, Config config) {
    if (!name.matches("projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+")) {
      throw new IllegalStateException(
          "PAYMENTS_KMS_KEY must be like projects/P/locations/L/keyRings/R/cryptoKeys/K");
    }
    this.name = name;
    String other = config.isLocal() ? config.text("PAYMENTS_KMS_BASE").orElse("") : "";
    this.base = other.isEmpty() ? BASE : other;
    this.authenticated = other.isEmpty();
  }

  String id() {
    return "kms:" + name;
  }

  byte[] encrypt(byte[] text, String place) {
    return bytes(
        call("encrypt", Map.of("plaintext", text(text), PLACE, place(place))), "ciphertext");
  }

  byte[] decrypt(byte[] sealed, String place) {
    String asked = place + "\n" + text(sealed);
    byte[] known = unwrapped.get(asked);
    if (known != null) {
      return known.clone();
    }
    byte[] text =
        bytes(
            call("decrypt", Map.of("ciphertext", text(sealed), PLACE, place(place))), "plaintext");
    if (unwrapped.size() >= KEPT_MAX) {
      unwrapped.clear();
    }
    unwrapped.put(asked, text.clone());
    return text;
  }

  private static String place(String place) {
    return text(place.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] bytes(JsonNode answer, String field) {
    return Base64.getDecoder().decode(answer.path(field).asText());
  }

  private JsonNode call(String verb, Map<String, String> body) {
    try {
      var request =
          HttpRequest.newBuilder(URI.create(base + "/v1/" + name + ":" + verb))
              .timeout(TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(Json.mapper().writeValueAsString(body)));
      if (authenticated) {
        request.header("Authorization", "Bearer " + token());
      }
      HttpResponse<String> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofString());
      int status = answer.statusCode();
      if (status == OK) {
        return Json.mapper().readTree(answer.body());
      }
      if (status >= SERVER_ERRORS || status == RATE_LIMITED) {
        log.warn("Cloud KMS answered {} to {}", status, verb);
        throw unavailable();
      }
      // The body may hold what was sent: not for the log.
      throw new IllegalStateException("Cloud KMS refused to " + verb + ": " + status);
    } catch (IOException e) {
      log.warn("Cloud KMS does not answer", e);
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  private static ProblemException unavailable() {
    return ProblemException.of(
        ProblemType.UNAVAILABLE, "Keys cannot be read; try again", Map.of("Retry-After", "5"));
  }

  private String token() throws IOException {
    GoogleCredentials found = credentials;
    if (found == null) {
      found = GoogleCredentials.getApplicationDefault().createScoped(List.of(SCOPE));
      credentials = found;
    }
    found.refreshIfExpired();
    AccessToken token = found.getAccessToken();
    if (token == null) {
      throw new IOException("There is no token for Cloud KMS");
    }
    return token.getTokenValue();
  }
}
