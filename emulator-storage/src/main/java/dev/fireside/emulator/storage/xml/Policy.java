package dev.fireside.emulator.storage.xml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.storage.disk.Refusal;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// A signed policy of an upload by form
/// (<https://cloud.google.com/storage/docs/authentication/signatures#policy-document>).
///
/// @param sizeMin bytes of the file, at least
/// @param sizeMax bytes of the file, at most
record Policy(long sizeMin, long sizeMax) {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Set<String> FREE =
      Set.of("policy", "x-goog-signature", "file", "x-goog-algorithm", "x-goog-credential");

  /// Throws a 400 or 403 [Refusal] unless the fields of a form, by their names in lower case, are
  /// what somebody signed whose signature counts.
  static Policy check(String bucket, Map<String, String> form, SigningKeys keys, Instant now) {
    String policy = form.getOrDefault("policy", "");
    String email = form.getOrDefault("x-goog-credential", "").split("/", 2)[0];
    if (!keys.isSigned(email, policy, form.getOrDefault("x-goog-signature", ""))) {
      throw denied("The form is not signed");
    }
    JsonNode document = document(policy);
    if (now.isAfter(expiration(document))) {
      throw denied("The policy has expired");
    }
    var fields = new HashMap<>(form);
    fields.put("bucket", bucket);
    var left = new HashSet<>(form.keySet());
    left.removeAll(FREE);
    left.removeIf(name -> name.startsWith("x-ignore-"));
    long min = 0;
    long max = Long.MAX_VALUE;
    for (JsonNode condition : document.path("conditions")) {
      if (condition.isArray() && condition.path(0).asText().equals("content-length-range")) {
        min = condition.path(1).asLong();
        max = condition.path(2).asLong();
      } else {
        check(condition, fields, left);
      }
    }
    if (!left.isEmpty()) {
      throw denied("The policy says nothing of " + String.join(", ", left));
    }
    return new Policy(min, max);
  }

  private static JsonNode document(String policy) {
    try {
      return MAPPER.readTree(Base64.getDecoder().decode(policy));
    } catch (IOException | IllegalArgumentException e) {
      throw Refusal.invalid("The policy is no JSON in Base64");
    }
  }

  private static Instant expiration(JsonNode document) {
    try {
      return Instant.parse(document.path("expiration").asText());
    } catch (DateTimeException e) {
      throw Refusal.invalid("The policy has no expiration");
    }
  }

  private static void check(JsonNode condition, Map<String, String> fields, Set<String> left) {
    if (condition.isObject()) {
      condition
          .properties()
          .forEach(entry -> check(entry.getKey(), "eq", entry.getValue().asText(), fields, left));
      return;
    }
    String name = condition.path(1).asText().replaceFirst("^\\$", "");
    check(name, condition.path(0).asText(), condition.path(2).asText(), fields, left);
  }

  private static void check(
      String name, String operator, String wanted, Map<String, String> fields, Set<String> left) {
    String field = name.toLowerCase(Locale.ROOT);
    String value = fields.getOrDefault(field, "");
    boolean holds =
        operator.equals("starts-with") ? value.startsWith(wanted) : value.equals(wanted);
    if (!holds) {
      throw denied("The form's " + name + " is not what the policy says");
    }
    left.remove(field);
  }

  private static Refusal denied(String message) {
    return new Refusal(403, "accessDenied", message);
  }
}
