package dev.fireside.leaderboards;

import dev.fireside.play.ScoreFields;
import dev.fireside.play.ScoreReply;
import dev.fireside.play.SubmitScore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Implausible;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.SessionDocument;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes a score: one commit that writes the player's document, then one script of Redis.
final class TakeScore {
  /// How long a submission without session and key is remembered: no caller repeats it, but the
  /// commit may be tried again.
  private static final Duration REQUEST_KEPT = Duration.ofMinutes(2);

  private final SubmitScore submitScore;
  private final Clock clock;

  TakeScore(Platform platform) {
    this.submitScore = new SubmitScore(platform);
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

  /// Throws a problem, having written nothing: 404 for no board or session, 400 for what the board
  /// does not take, 409 where the state of board, session or player does not allow it, 422 for a
  /// key that another score had.
  ScoreReply take(BoardId board, Uid uid, ScoreFields fields, Origin origin) {
    List<String> session =
        origin.session() == null ? List.of() : List.of(SessionDocument.path(origin.session()));
    return submitScore.reply(
        submitScore.commit(
            board, uid, session, (found, read) -> submission(found, uid, fields, origin, read)));
  }

  private Submission submission(
      Board board, Uid uid, ScoreFields fields, Origin origin, Map<String, Document> read) {
    Instant now = clock.instant();
    SessionId sessionId = origin.session();
    if (sessionId != null) {
      GameSession session = session(sessionId, board, uid, read);
      FinalScore score = fields.on(board);
      if (SubmitScore.player(read, board.id(), uid).remembered(sessionId.value(), now) == null) {
        check(session, board, score, now);
      }
      String country = fields.country() == null ? session.country() : fields.country();
      return new Submission(score, country, sessionId.value(), session.expiresAt());
    }
    if (board.limits().sessionRequired() && !origin.admin()) {
      throw Problems.field(
          ProblemType.INVALID_INPUT,
          "sessionId",
          "is missing: the board takes scores of game sessions only");
    }
    return origin.key() == null
        ? new Submission(
            fields.on(board),
            fields.country(),
            "request:" + origin.requestId(),
            now.plus(REQUEST_KEPT))
        : Submission.keyed(fields.on(board), fields.country(), origin.caller(), origin.key(), now);
  }

  private static GameSession session(
      SessionId id, Board board, Uid uid, Map<String, Document> read) {
    GameSession session =
        Optional.ofNullable(read.get(SessionDocument.path(id)))
            .map(SessionDocument::parse)
            .filter(found -> found.uid().equals(uid))
            .orElseThrow(() -> ProblemException.notFound("game session"));
    if (!session.board().equals(board.id())) {
      throw Problems.field(
          ProblemType.INVALID_INPUT, "sessionId", "is that of a game for another board");
    }
    return session;
  }

  private static void check(GameSession session, Board board, FinalScore score, Instant now) {
    if (session.isExpired(now) || session.state() != SessionState.OPEN) {
      throw Problems.conflict("The game session is over");
    }
    Optional<Implausible> objection = board.rules().objection(session, score.score(), now);
    if (objection.isPresent()) {
      throw Problems.conflict(objection.get().sentence());
    }
  }
}
