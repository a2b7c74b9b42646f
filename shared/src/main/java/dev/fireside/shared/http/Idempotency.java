package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.StoreException;
import dev.fireside.shared.store.StoreUnavailableException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// The `Idempotency-Key` header: a write that is sent again is done once and answered alike
/// (draft-ietf-httpapi-idempotency-key-header).
///
/// The first attempt claims the key in Firestore, with the id of what it will create; success
/// stores the answer for [#KEPT], unless it is [Response#unkept]. An attempt that failed or died
/// leaves the claim, and the next one goes on with the same id. One that was refused (4xx) gives
/// the key back.
final class Idempotency {
  /// How long an answer is replayed.
  static final Duration KEPT = Duration.ofHours(24);

  /// How long one attempt may take before the next is let in.
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final int HASH_BYTES = 20;
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
    String path = "idempotency/" + Digest.hex(uid + "\n" + scope + "\n" + checked(key), HASH_BYTES);
    String fingerprint = Digest.hex(new String(body, StandardCharsets.ISO_8859_1), HASH_BYTES);
    String attempt = ids.next();
    Document claim = claim(path, fingerprint, attempt);
    if (claim.fields().flag("done")) {
      return replay(claim);
    }
    try {
      Response response = work.apply(claim.fields().requiredText("newId"));
      if (response.isUnkept()) {
        documents.update(path, Map.of("leaseUntil", Instant.EPOCH));
      } else {
        finish(path, response);
      }
      return response;
    } catch (ProblemException e) {
      boolean first = claim.fields().text("attempt").orElse("").equals(attempt);
      // Refused, hence without effect: the key is as good as new. Not so when an earlier attempt
      // may have had one: then what it made must still be met by the next.
      giveUp(path, attempt, first && e.type().status() < 500, e);
      throw e;
    } catch (RuntimeException e) {
      giveUp(path, attempt, false, e);
      throw e;
    }
  }

  /// The key, if it is one. Throws a 400 problem otherwise.
  static String checked(String key) {
    if (!KEY.matcher(key).matches()) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT,
          List.of(new FieldError("Idempotency-Key", "must be 1 to 128 visible ASCII characters")));
    }
    return key;
  }

  private Document claim(String path, String fingerprint, String attempt) {
    Map<String, Object> fresh = fresh(fingerprint, attempt);
    // Mostly the key is new: one write then, and no lock that others would wait for.
    return documents.create(path, fresh).isPresent()
        ? Document.of(path, fresh, clock.instant())
        : takenOver(path, fingerprint, attempt);
  }

  private Map<String, Object> fresh(String fingerprint, String attempt) {
    Instant now = clock.instant();
    return Map.of(
        "fingerprint", fingerprint,
        "newId", ids.next(),
        "attempt", attempt,
        "leaseUntil", now.plus(LEASE),
        "expireAt", now.plus(KEPT));
  }

  private Document takenOver(String path, String fingerprint, String attempt) {
    return documents.transact(transaction -> {
      Instant now = clock.instant();
      Document existing = transaction.get(path).orElse(null);
      // Firestore removes what has expired within a day, not at once.
      if (existing == null || !expiry(existing).isAfter(now)) {
        Map<String, Object> fields = fresh(fingerprint, attempt);
        transaction.set(path, fields);
        return Document.of(path, fields, now);
      }
      if (!existing.fields().requiredText("fingerprint").equals(fingerprint)) {
        throw ProblemException.of(
            ProblemType.KEY_REUSED, "Idempotency-Key was used with another body");
      }
      if (!existing.fields().flag("done")) {
        if (existing.fields().instant("leaseUntil").orElse(Instant.EPOCH).isAfter(now)) {
          throw ProblemException.of(
              ProblemType.IN_PROGRESS,
              "The first request with this Idempotency-Key has not ended",
              Map.of("Retry-After", "1"));
        }
        transaction.update(path, Map.of("attempt", attempt, "leaseUntil", now.plus(LEASE)));
      }
      return existing;
    });
  }

  private static Instant expiry(Document claim) {
    return claim.fields().instant("expireAt").orElse(Instant.EPOCH);
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

  /// Lets the next attempt in, unless one that came when the lease had run out is at work already.
  private void giveUp(String path, String attempt, boolean forget, RuntimeException why) {
    try {
      documents.transact(transaction -> {
        Optional<Document> claim = transaction.get(path);
        if (claim.isPresent()
            && claim.get().fields().text("attempt").orElse("").equals(attempt)
            && !claim.get().fields().flag("done")) {
          if (forget) {
            transaction.delete(path);
          } else {
            transaction.update(path, Map.of("leaseUntil", Instant.EPOCH));
          }
        }
        return true;
      });
    } catch (StoreException | StoreUnavailableException e) {
      // The lease runs out by itself.
      why.addSuppressed(e);
    }
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
}
