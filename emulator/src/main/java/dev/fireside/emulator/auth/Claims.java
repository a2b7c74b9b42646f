package dev.fireside.emulator.auth;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules for claims that an app adds to its users.
final class Claims {
  private static final int LENGTH_MAX = 1_000;
  private static final List<String> RESERVED =
      List.of(
          "acr",
          "amr",
          "at_hash",
          "aud",
          "auth_time",
          "azp",
          "c_hash",
          "cnf",
          "exp",
          "firebase",
          "iat",
          "iss",
          "jti",
          "nbf",
          "nonce",
          "sub",
          "user_id");
  private static final ObjectMapper JSON = new ObjectMapper();

  private Claims() {}

  /// Checks claims given as JSON text.
  static String check(String customAttributes) {
    IdentityException.check(customAttributes.length() <= LENGTH_MAX, "CLAIMS_TOO_LARGE");
    check(parse(customAttributes));
    return customAttributes;
  }

  static ObjectNode check(@Nullable JsonNode claims) {
    if (!(claims instanceof ObjectNode object)) {
      throw new IdentityException("INVALID_CLAIMS");
    }
    for (String name : RESERVED) {
      IdentityException.check(!object.has(name), "FORBIDDEN_CLAIM : " + name);
    }
    return object;
  }

  static JsonNode parse(String customAttributes) {
    try {
      return JSON.readTree(customAttributes);
    } catch (JsonProcessingException e) {
      throw new IdentityException("INVALID_CLAIMS");
    }
  }
}
