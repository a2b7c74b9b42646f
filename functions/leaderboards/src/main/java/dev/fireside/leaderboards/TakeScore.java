package dev.fireside.leaderboards;

import dev.fireside.play.EndSession;
import dev.fireside.play.ScoreFields;
import dev.fireside.play.ScoreReply;
import dev.fireside.play.SubmitScore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.Submission;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Takes a score: one commit that writes the player's document, and ends the game session that it
/// comes from, then one script of Redis.
final class TakeScore {
  /// How long a submission without session and key is remembered: no caller repeats it, but the
  /// commit may be tried again.
  private static final Duration REQUEST_KEPT = Duration.ofMinutes(2);

  private final SubmitScore submitScore;
  private final EndSession endSession;
  private final Clock clock;

  TakeScore(Platform platform) {
    this.submitScore = new SubmitScore(platform);
    this.endSession = new EndSession(platform);
    this.clock = platform.clock();
  }

  /// Where a score comes from.
  ///
  /// @param caller who sends it
  /// @param session the game session, whose key the request was signed with; null for none
  /// @param key the `Idempotency-Key`; null for none
  /// @param requestId an id of this request
  /// @param admin whether an admin submits it
  record Origin(
      Uid caller,
      @Nullable SessionId session,
      @Nullable String key,
      String requestId,
      boolean admin) {}

  /// Throws a problem, having counted nothing: 404 for no board or session, 400 for what the board
  /// does not take, 409 where the state of board, session or player does not allow it, 422 for a
  /// key that another score had.
  ScoreReply take(BoardId board, Uid uid, ScoreFields fields, Origin origin) {
    SessionId session = origin.session();
    return session == null
        ? submitScore.reply(
            submitScore.commit(board, uid, found -> submission(found, fields, origin)))
        : endSession.end(board, uid, session, fields).reply();
  }

  private Submission submission(Board board, ScoreFields fields, Origin origin) {
    if (board.limits().sessionRequired() && !origin.admin()) {
      throw Problems.field(
          ProblemType.INVALID_INPUT,
          "sessionId",
          "is missing: the board takes scores of game sessions only");
    }
    Instant now = clock.instant();
    return origin.key() == null
        ? new Submission(
            fields.on(board),
            fields.country(),
            "request:" + origin.requestId(),
            now.plus(REQUEST_KEPT))
        : Submission.keyed(fields.on(board), fields.country(), origin.caller(), origin.key(), now);
  }
}
