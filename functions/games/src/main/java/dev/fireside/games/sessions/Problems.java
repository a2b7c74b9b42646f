package dev.fireside.games.sessions;

import dev.fireside.play.Refusals;
import dev.fireside.play.domain.GameSession;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import java.time.Instant;
import java.util.List;

/// What callers are refused with.
final class Problems {
  private Problems() {}

  static ProblemException noSuchSession() {
    return ProblemException.notFound("game session");
  }

  static ProblemException conflict(Reason reason, String field, String message) {
    return ProblemException.conflict(reason, List.of(new FieldError(field, message)));
  }

  /// Throws a 409 problem for a session that takes no more.
  static void checkOpen(GameSession session, Instant now) {
    session
        .over(now)
        .ifPresent(why -> {
          throw Refusals.over(why);
        });
  }

  static ProblemException field(ProblemType type, String field, String message) {
    return ProblemException.invalid(type, List.of(new FieldError(field, message)));
  }
}
