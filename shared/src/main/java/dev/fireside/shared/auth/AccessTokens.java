package dev.fireside.shared.auth;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Where the token of a call to Google comes from.
@FunctionalInterface
public interface AccessTokens {
  /// A token that has not expired.
  String current() throws IOException;

  /// Tokens of the account that this process runs as, which is looked for when the first one is
  /// asked for.
  ///
  /// @param scopes what they are good for
  static AccessTokens google(List<String> scopes) {
    var found = new AtomicReference<@Nullable GoogleCredentials>();
    return () -> {
      GoogleCredentials credentials = found.get();
      if (credentials == null) {
        credentials = GoogleCredentials.getApplicationDefault().createScoped(scopes);
        found.set(credentials);
      }
      credentials.refreshIfExpired();
      AccessToken token = credentials.getAccessToken();
      if (token == null) {
        throw new IOException("The Google credentials give no token");
      }
      return token.getTokenValue();
    };
  }
}
