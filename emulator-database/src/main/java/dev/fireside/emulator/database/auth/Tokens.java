package dev.fireside.emulator.database.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// Reads tokens. ID tokens are those of a local Auth: JWTs without a signature, of any project. The
/// word `owner` stands for the project's owner, as in Google's emulators.
public final class Tokens {
  private static final String OWNER = "owner";
  private static final Pattern DOT = Pattern.compile("\\.");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;

  /// @param clock of those who issue tokens
  public Tokens(Clock clock) {
    this.clock = clock;
  }

  /// Whose token it is. Throws [TokenException] for one that does not count; its text does not
  /// repeat the token.
  public Identity read(String token) throws TokenException {
    if (token.equals(OWNER)) {
      return Identity.OWNER;
    }
    List<String> parts = DOT.splitAsStream(token).toList();
    if (parts.size() < 2 || !part(parts.get(0)).path("alg").asText().equals("none")) {
      throw new TokenException(false, "Could not parse auth token.");
    }
    ObjectNode payload = part(parts.get(1));
    String uid = payload.path("sub").asText(payload.path("user_id").asText());
    if (uid.isEmpty()) {
      throw new TokenException(false, "Auth token has no subject.");
    }
    // What the SDKs' `mockUserToken` makes was issued in 1970, and is to hold for ever.
    boolean mocked = payload.path("iat").asLong(-1) == 0;
    long expiresAt = mocked ? Long.MAX_VALUE : payload.path("exp").asLong(Long.MAX_VALUE);
    if (expiresAt <= clock.instant().getEpochSecond()) {
      throw new TokenException(true, "Auth token is expired.");
    }
    return new Identity(false, auth(uid, payload), expiresAt);
  }

  private static ObjectNode auth(String uid, ObjectNode payload) {
    ObjectNode auth = JsonNodeFactory.instance.objectNode().put("uid", uid);
    auth.put("provider", payload.path("firebase").path("sign_in_provider").asText("custom"));
    auth.set("token", payload);
    return auth;
  }

  private static ObjectNode part(String encoded) throws TokenException {
    try {
      JsonNode part = JSON.readTree(Base64.getUrlDecoder().decode(encoded));
      if (part instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException | IllegalArgumentException e) {
      // Refused below, as its cause may hold the token.
    }
    throw new TokenException(false, "Could not parse auth token.");
  }
}
