package dev.fireside.play;

import dev.fireside.play.domain.Scoring;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.util.List;
import java.util.Map;

/// What callers see of a board's refusals.
final class Refusals {
  private Refusals() {}

  /// 409 where the state of board or player does not allow it, 422 for a key that another score
  /// had, 429 for too many scores at once.
  static ProblemException problem(Scoring.Refused refused) {
    ProblemType type =
        switch (refused.reason()) {
          case STATE -> ProblemType.CONFLICT;
          case KEY_REUSED -> ProblemType.KEY_REUSED;
          case TOO_MANY -> ProblemType.RATE_LIMITED;
        };
    if (!refused.delay().isZero()) {
      return ProblemException.of(
          type,
          refused.message(),
          Map.of("Retry-After", Long.toString(refused.delay().plusMillis(999).toSeconds())));
    }
    return refused.field() == null
        ? ProblemException.of(type, refused.message())
        : ProblemException.invalid(
            type, List.of(new FieldError(refused.field(), refused.message())));
  }
}
