package dev.fireside.emulator.storage.firebase;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.http.Call;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who calls: nobody, somebody by an ID token of the local Auth, or the owner, for whom no rules
/// hold.
///
/// @param auth `uid` and `token` as rules know them; null for nobody and the owner
record Caller(boolean owner, @Nullable Map<String, Object> auth) {
  static final Caller NOBODY = new Caller(false, null);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /// Throws a 401 [Refusal] for a token that is none, or too old.
  static Caller of(Call call, Instant now) {
    String header = call.header("Authorization").orElse("");
    if (header.isEmpty()) {
      return NOBODY;
    }
    String token = header.substring(header.indexOf(' ') + 1);
    return token.equals("owner") ? new Caller(true, null) : of(token, now);
  }

  private static Caller of(String token, Instant now) {
    String[] parts = token.split("\\.", -1);
    try {
      Map<String, Object> claims =
          MAPPER.readValue(
              Base64.getUrlDecoder().decode(parts[Math.min(1, parts.length - 1)]),
              new TypeReference<Map<String, Object>>() {});
      if (claims.get("sub") instanceof String uid
          && claims.get("exp") instanceof Number exp
          && (isMocked(claims) || exp.longValue() > now.getEpochSecond())) {
        return new Caller(false, Map.of("uid", uid, "token", claims));
      }
    } catch (IOException | IllegalArgumentException e) {
      throw unauthenticated();
    }
    throw unauthenticated();
  }

  /// What the SDKs' `mockUserToken` makes was issued in 1970, and is to hold for ever.
  private static boolean isMocked(Map<String, Object> claims) {
    return claims.get("iat") instanceof Number iat && iat.longValue() == 0;
  }

  private static Refusal unauthenticated() {
    return new Refusal(401, "unauthenticated", "The ID token is not valid, or too old");
  }

  /// As an upload keeps it.
  String note() {
    try {
      return MAPPER.writeValueAsString(this);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  static Caller ofNote(String note) {
    try {
      return MAPPER.readValue(note, Caller.class);
    } catch (IOException e) {
      throw new IllegalStateException("An upload has no caller", e);
    }
  }
}
