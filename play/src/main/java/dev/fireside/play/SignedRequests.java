package dev.fireside.play;

import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionKeys;
import dev.fireside.play.domain.SessionSignature;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.http.Request;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/// Checks that a request which speaks for a game session was signed with that session's key.
public final class SignedRequests {
  private final SessionKeys keys;
  private final Clock clock;

  public SignedRequests(Platform platform) {
    this.keys = new SessionKeys(platform.config().cursorSecrets());
    this.clock = platform.clock();
  }

  /// The key that the player of a session signs with.
  public String signingKey(SessionId id) {
    return keys.signingKey(id);
  }

  /// Throws a 400 problem where the header `X-Signature` is missing or malformed, and a 403 problem
  /// where it is not of this time, or does not fit the request and the session. Reads nothing: who
  /// may speak for the session is to be checked with what is stored of it.
  public void check(SessionId id, Request request) {
    String header =
        request.header(SessionSignature.HEADER).orElseThrow(() -> invalid("is missing"));
    Instant now = clock.instant();
    switch (keys.verify(id, header, now, request.method(), request.rawPath(), request.rawBody())) {
      case VALID -> {}
      case MALFORMED -> throw invalid("must be like t=<unix seconds>,v1=<64 hex digits>");
      case OTHER_TIME ->
          throw ProblemException.of(
                  ProblemType.FORBIDDEN,
                  "The signature is more than "
                      + SessionSignature.TOLERANCE.toMinutes()
                      + " minutes away from our time")
              .because(Reason.CLOCK_SKEW)
              .with("serverTime", now);
      case WRONG ->
          throw ProblemException.of(
                  ProblemType.FORBIDDEN, "The signature fits neither the session nor the request")
              .because(Reason.WRONG_SIGNATURE);
    }
  }

  private static ProblemException invalid(String message) {
    return ProblemException.invalid(
        ProblemType.INVALID_INPUT, List.of(new FieldError(SessionSignature.HEADER, message)));
  }
}
