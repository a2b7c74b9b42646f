package dev.fireside.games.sessions;

import dev.fireside.play.domain.GameSession;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.time.Instant;
import java.util.List;

/// What callers are refused with.
final class Problems {
  private Problems() {}

  static ProblemException noSuchSession() {
    return ProblemException.notFound("game session");
  }

  static ProblemException conflict(String detail) {
    return ProblemException.of(ProblemType.CONFLICT, detail);
  }

  /// Throws a 409 problem for a session that takes no more.
  static void checkOpen(GameSession session, Instant now) {
    session
        .over(now)
        .ifPresent(why -> {
          throw conflict(why);
        });
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }
}
