package dev.fireside.shared.realtime;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.fireside.shared.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The Realtime Database, written to by functions and listened to by clients. It carries copies:
/// whatever is published can be computed from Firestore again.
public interface RealtimeDatabase extends AutoCloseable {
  /// Writes at many places at once: clients see all of it or nothing. A repeated write is harmless.
  ///
  /// Does nothing where the project has no Realtime Database. Throws [RealtimeException] when the
  /// database does not answer in time or refuses; it may have written then.
  ///
  /// @param values by path, such as `rooms/a/title`: what exists from now on, in place of all that
  ///   was there and below; null removes it. No path is above another. The parts of a path have no
  ///   control characters and none of `.`, `#`, `$`, `[` and `]`
  void update(Map<String, ? extends @Nullable Object> values);

  /// The names right below a path; none where nothing exists, or the project has no Realtime
  /// Database. Throws [RealtimeException] when the database does not answer in time or refuses.
  ///
  /// @param path such as `rooms/a`
  Set<String> keys(String path);

  @Override
  void close();

  /// The database that `config` names. Connects on first use.
  static RealtimeDatabase connect(Config config) {
    URI address = config.realtimeDatabase();
    if (address == null) {
      return new UnconfiguredRealtimeDatabase();
    }
    // Emulators take this token as that of the owner.
    return "http".equals(address.getScheme())
        ? new RestRealtimeDatabase(address, () -> "owner")
        : new RestRealtimeDatabase(address, googleTokens());
  }

  private static AccessTokens googleTokens() {
    try {
      GoogleCredentials credentials =
          GoogleCredentials.getApplicationDefault()
              .createScoped(
                  List.of(
                      "https://www.googleapis.com/auth/userinfo.email",
                      "https://www.googleapis.com/auth/firebase.database"));
      return () -> {
        credentials.refreshIfExpired();
        AccessToken token = credentials.getAccessToken();
        if (token == null) {
          throw new IOException("The Google credentials give no token");
        }
        return token.getTokenValue();
      };
    } catch (IOException e) {
      throw new UncheckedIOException("There are no Google credentials to be found", e);
    }
  }
}
