package dev.fireside.emulator.auth;

import static dev.fireside.emulator.auth.IdentityException.check;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// ID tokens as Google's emulator makes them: JWTs without a signature (`alg` none), which Google's
/// servers and any verifier outside emulator mode refuse.
final class IdTokens {
  static final long LIFE_SECONDS = 3_600;

  private static final String ISSUER = "https://securetoken.google.com/";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final String HEADER = encode("{\"alg\":\"none\",\"typ\":\"JWT\"}");
  private static final Pattern DOT = Pattern.compile("\\.");

  private IdTokens() {}

  static ObjectNode payload(Project project, Account account, Session session, Instant now) {
    ObjectNode payload = JsonNodeFactory.instance.objectNode();
    putIfSet(payload, "name", account.displayName);
    putIfSet(payload, "picture", account.photoUrl);
    // The app's claims come before the standard ones, which they cannot replace.
    payload.setAll(Claims.check(Claims.parse(account.customAttributes)));
    payload.setAll(session.claims());
    ObjectNode identities = JsonNodeFactory.instance.objectNode();
    if (account.email != null) {
      payload.put("email", account.email).put("email_verified", account.emailVerified);
      identities.putArray("email").add(account.email);
    }
    if (account.phoneNumber != null) {
      payload.put("phone_number", account.phoneNumber);
      identities.putArray("phone").add(account.phoneNumber);
    }
    if (session.provider().equals(Session.ANONYMOUS)) {
      payload.put("provider_id", Session.ANONYMOUS);
    }
    payload.put("iss", ISSUER + project.id).put("aud", project.id);
    payload.put("sub", account.uid).put("user_id", account.uid);
    payload.put("auth_time", session.authTimeSeconds());
    payload.put("iat", now.getEpochSecond()).put("exp", now.getEpochSecond() + LIFE_SECONDS);
    ObjectNode firebase = payload.putObject("firebase");
    firebase.set("identities", identities);
    firebase.put("sign_in_provider", session.provider());
    return payload;
  }

  static String unsigned(ObjectNode payload) {
    return HEADER + "." + encode(payload.toString()) + ".";
  }

  /// The payload of any JWT, signed or not; nothing is verified.
  static @Nullable ObjectNode decode(String jwt) {
    List<String> parts = DOT.splitAsStream(jwt).toList();
    if (parts.size() < 2) {
      return null;
    }
    try {
      byte[] payload = Base64.getUrlDecoder().decode(parts.get(1));
      return JSON.readTree(payload) instanceof ObjectNode object ? object : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  /// The user a token speaks for, if the project issued it and it still counts.
  static Account verify(Project project, String idToken, Instant now) {
    ObjectNode payload = decode(idToken);
    if (payload == null
        || !payload.path("aud").asText().equals(project.id)
        || !payload.path("iss").asText().equals(ISSUER + project.id)) {
      throw new IdentityException("INVALID_ID_TOKEN");
    }
    Account account = project.get(payload.path("sub").asText());
    check(!account.disabled, "USER_DISABLED");
    check(
        payload.path("exp").asLong() > now.getEpochSecond()
            && payload.path("iat").asLong() >= account.validSinceSeconds,
        "TOKEN_EXPIRED");
    return account;
  }

  private static void putIfSet(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static String encode(String json) {
    return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
