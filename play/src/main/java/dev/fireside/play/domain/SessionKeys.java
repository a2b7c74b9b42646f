package dev.fireside.play.domain;

import dev.fireside.shared.ids.Hmac;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/// The signing keys of sessions, derived from the server's secrets: none is stored, and one that
/// leaks says nothing of the others.
public final class SessionKeys {
  /// Keeps a key apart from whatever else is made with the same secret.
  private static final String LABEL = "game-session:";

  private final List<Hmac> secrets;

  /// @param secrets keys are made with the first; those made with the others hold too, so that a
  ///   secret can be replaced while games go on
  public SessionKeys(List<String> secrets) {
    this.secrets = secrets.stream().map(Hmac::new).toList();
  }

  /// The key that the player of a session signs with: 43 characters of base64url, used as they are.
  public String signingKey(SessionId id) {
    return derived(secrets.getFirst(), id);
  }

  /// Checks the [SessionSignature] of a request that speaks for a session.
  public SessionSignature.Verdict verify(
      SessionId id, String header, Instant now, String method, String path, byte[] body) {
    var verdict = SessionSignature.Verdict.WRONG;
    for (Hmac secret : secrets) {
      verdict = SessionSignature.verify(header, derived(secret, id), now, method, path, body);
      if (verdict != SessionSignature.Verdict.WRONG) {
        break;
      }
    }
    return verdict;
  }

  private static String derived(Hmac secret, SessionId id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret.of(LABEL + id));
  }
}
