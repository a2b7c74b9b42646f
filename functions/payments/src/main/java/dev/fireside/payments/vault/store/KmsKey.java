package dev.fireside.payments.vault.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.fireside.shared.config.Config;
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
import org.jspecify.annotations.Nullable;

/// A symmetric key of Cloud KMS, over REST: two calls do not need a client library. Old versions of
/// the key decrypt what they encrypted, so KMS may rotate it by itself.
final class KmsKey {
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
  private final Cache<String, byte[]> unwrapped =
      Caffeine.newBuilder().maximumSize(KEPT_MAX).build();

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
    byte[] known = unwrapped.getIfPresent(asked);
    if (known != null) {
      return known.clone();
    }
    byte[] text =
        bytes(
            call("decrypt", Map.of("ciphertext", text(sealed), PLACE, place(place))), "plaintext");
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
        throw new KmsUnavailableException("Cloud KMS answered " + status + " to " + verb, null);
      }
      // The body may hold what was sent: not for the log.
      throw new IllegalStateException("Cloud KMS refused to " + verb + ": " + status);
    } catch (IOException e) {
      throw new KmsUnavailableException("Cloud KMS does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KmsUnavailableException("Interrupted while Cloud KMS was asked", e);
    }
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
