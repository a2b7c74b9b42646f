package dev.fireside.shared.auth;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/// Where the token of a call to Google comes from.
@FunctionalInterface
public interface AccessTokens {
  /// A token that has not expired.
  String current() throws IOException;

  /// Tokens of the account that this process runs as. Throws [UncheckedIOException] where there is
  /// none.
  ///
  /// @param scopes what they are good for
  static AccessTokens google(List<String> scopes) {
    try {
      GoogleCredentials credentials =
          GoogleCredentials.getApplicationDefault().createScoped(scopes);
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
