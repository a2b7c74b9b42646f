package dev.fireside.emulator.database.auth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// Who calls.
///
/// @param admin whether the rules do not hold for them
/// @param auth what the rules know as `auth`: `uid`, `provider` and `token`; null for nobody
/// @param expiresAt when the token expires, in seconds since 1970
public record Identity(boolean admin, @Nullable ObjectNode auth, long expiresAt) {
  /// In the year 3000, in seconds since 1970.
  private static final long FOREVER = 32_503_680_000L;

  /// Somebody who has not signed in.
  public static final Identity NOBODY = new Identity(false, null, Long.MAX_VALUE);

  /// Whoever holds the project.
  public static final Identity OWNER = new Identity(true, null, Long.MAX_VALUE);

  /// An administrator who acts as somebody else.
  ///
  /// @param auth as whom; null for nobody
  public static Identity as(@Nullable ObjectNode auth) {
    return new Identity(false, auth, Long.MAX_VALUE);
  }

  /// `admin`, `app_user` or `unauthenticated`, as events have it.
  public String type() {
    if (admin) {
      return "admin";
    }
    return auth == null ? "unauthenticated" : "app_user";
  }

  /// Whether that ends by itself.
  public boolean expires() {
    return expiresAt < FOREVER;
  }

  /// The person's id; null for nobody, and for administrators.
  public @Nullable String uid() {
    return auth == null ? null : auth.path("uid").asText(null);
  }
}
