package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The `Idempotency-Key` header: a write that is sent again is done once and answered alike
/// (draft-ietf-httpapi-idempotency-key-header).
///
/// The first attempt claims the key in Firestore, with the id of what it will create; success
/// stores the answer for [#KEPT]. An attempt that failed or died leaves the claim, and the next one
/// goes on with the same id.
final class Idempotency {
  /// How long an answer is replayed.
  static final Duration KEPT = Duration.ofHours(24);

  /// How long one attempt may take before the next is let in.
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private final Documents documents;
  private final Ids ids;
  private final Clock clock;

  Idempotency(Documents documents, Ids ids, Clock clock) {
    this.documents = documents;
    this.ids = ids;
    this.clock = clock;
  }

  /// Does the work under the key, or answers as the first attempt did.
  ///
  /// @param scope method and path of the request
  /// @param work gets the id for what it creates
  Response once(Uid uid, String scope, String key, byte[] body, Function<String, Response> work) {
    if (!KEY.matcher(key).matches()) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT,
          java.util.List.of(
              new FieldError("Idempotency-Key", "must be 1 to 128 visible ASCII characters")));
    }
    String path = "idempotency/" + hash(uid + "\n" + scope + "\n" + key);
    String fingerprint = hash(new String(body, StandardCharsets.ISO_8859_1));
    Document claim = claim(path, fingerprint);
    if (claim.fields().flag("done")) {
      return replay(claim);
    }
    try {
      Response response = work.apply(claim.fields().requiredText("newId"));
      finish(path, response);
      return response;
    } catch (ProblemException e) {
      if (e.type().status() < 500) {
        documents.delete(path);
      } else {
        release(path);
      }
      throw e;
    } catch (RuntimeException e) {
      release(path);
      throw e;
    }
  }

  private Document claim(String path, String fingerprint) {
    return documents.transact(transaction -> {
      Instant now = clock.instant();
      Optional<Document> existing = transaction.get(path);
      if (existing.isEmpty()) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("fingerprint", fingerprint);
        fields.put("newId", ids.next());
        fields.put("leaseUntil", now.plus(LEASE));
        fields.put("expireAt", now.plus(KEPT));
        transaction.create(path, fields);
        return Document.of(path, fields, now);
      }
      Document document = existing.get();
      if (!document.fields().requiredText("fingerprint").equals(fingerprint)) {
        throw ProblemException.of(
            ProblemType.KEY_REUSED, "Idempotency-Key was used with another body");
      }
      if (!document.fields().flag("done")) {
        if (document.fields().instant("leaseUntil").orElse(Instant.EPOCH).isAfter(now)) {
          throw ProblemException.of(
              ProblemType.IN_PROGRESS,
              "The first request with this Idempotency-Key has not ended",
              Map.of("Retry-After", "1"));
        }
        transaction.update(path, Map.of("leaseUntil", now.plus(LEASE)));
      }
      return document;
    });
  }

  private void finish(String path, Response response) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("done", true);
    fields.put("status", response.status());
    fields.put("headers", response.headers());
    try {
      fields.put("body", Json.mapper().writeValueAsString(response.body()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    documents.update(path, fields);
  }

  private void release(String path) {
    documents.update(path, Map.of("leaseUntil", Instant.EPOCH));
  }

  private static Response replay(Document claim) {
    try {
      Object body =
          Json.mapper().readValue(claim.fields().text("body").orElse("null"), Object.class);
      var headers = new HashMap<String, String>();
      claim
          .fields()
          .map("headers")
          .values()
          .forEach((name, value) -> headers.put(name, String.valueOf(value)));
      return new Response((int) claim.fields().number("status"), headers, body)
          .with("Idempotency-Replayed", "true");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A stored answer cannot be read", e);
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 20);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
