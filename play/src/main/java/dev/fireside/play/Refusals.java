package dev.fireside.play;

import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Implausible;
import dev.fireside.play.domain.Scoring;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import java.util.List;
import java.util.Map;

/// What callers see of the refusals of boards and sessions.
public final class Refusals {
  private Refusals() {}

  /// 409 where the state of board or player does not allow it, 422 for a key that another score
  /// had, 429 for too many scores at once.
  static ProblemException problem(Scoring.Refused refused) {
    return switch (refused.reason()) {
      case BOARD_CLOSED -> conflict(Reason.BOARD_CLOSED, refused);
      case BOARD_FULL -> conflict(Reason.BOARD_FULL, refused);
      case NOT_JOINED -> conflict(Reason.NOT_JOINED, refused);
      case ATTEMPTS_USED -> conflict(Reason.ATTEMPTS_USED, refused);
      case TOTAL_OUT_OF_BOUNDS -> conflict(Reason.TOTAL_OUT_OF_BOUNDS, refused);
      case OTHER_SCORE -> conflict(Reason.OTHER_SCORE, refused);
      case KEY_REUSED -> ProblemException.of(ProblemType.KEY_REUSED, refused.message());
      case TOO_MANY ->
          ProblemException.of(
              ProblemType.RATE_LIMITED,
              refused.message(),
              Map.of("Retry-After", Long.toString(refused.delay().plusMillis(999).toSeconds())));
    };
  }

  private static ProblemException conflict(Reason reason, Scoring.Refused refused) {
    return refused.field() == null
        ? ProblemException.conflict(reason, refused.message())
        : ProblemException.conflict(
            reason, List.of(new FieldError(refused.field(), refused.message())));
  }

  /// 409 for a session that takes no more.
  public static ProblemException over(GameSession.Over over) {
    return ProblemException.conflict(
        switch (over) {
          case ABANDONED -> Reason.SESSION_ABANDONED;
          case ENDED -> Reason.SESSION_OVER;
        },
        over.sentence());
  }

  /// 409 for a session whose score is not believed.
  static ProblemException rejected(Implausible why) {
    return ProblemException.conflict(
        switch (why) {
          case TOO_SHORT -> Reason.TOO_SHORT;
          case TOO_FEW_EVENTS -> Reason.TOO_FEW_EVENTS;
          case TOO_FAST -> Reason.TOO_FAST;
          case NOT_THE_SUM -> Reason.NOT_THE_SUM;
        },
        "The score was rejected. " + why.sentence());
  }
}
