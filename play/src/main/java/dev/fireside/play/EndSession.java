package dev.fireside.play;

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
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends a game session with its score. The player's document and the session are one commit, so
/// that the score counts once and the session knows which one did: ended again with the same score
/// it answers again.
public final class EndSession {
  private final BoardCommits commits;
  private final SubmitScore submitScore;

  public EndSession(Platform platform) {
    this.commits = new BoardCommits(platform);
    this.submitScore = new SubmitScore(platform);
  }

  /// What came of it.
  public record Ended(GameSession session, ScoreReply reply) {}

  private sealed interface Ending {
    record Taken(GameSession session, SubmitScore.Committed committed) implements Ending {}

    record Disbelieved(Implausible why) implements Ending {}
  }

  /// Throws a problem, the session being open as before: 404 for no board or session, 400 for what
  /// the board does not take, 409 where the state of board, session or player does not allow it.
  /// One, a 409, ends the session as rejected: the score is not to be believed.
  public Ended end(BoardId board, Uid uid, SessionId id, ScoreFields fields) {
    Ending ending =
        commits.run(
            board,
            uid,
            List.of(SessionDocument.path(id)),
            commit -> ending(commit, uid, id, fields));
    return switch (ending) {
      case Ending.Taken(GameSession session, SubmitScore.Committed committed) ->
          new Ended(session, submitScore.reply(committed));
      case Ending.Disbelieved(Implausible why) -> throw Refusals.rejected(why);
    };
  }

  private static Ending ending(BoardCommit commit, Uid uid, SessionId id, ScoreFields fields) {
    Document document =
        commit
            .document(SessionDocument.path(id))
            .orElseThrow(() -> ProblemException.notFound("game session"));
    GameSession session = SessionDocument.parse(document);
    if (!session.uid().equals(uid)) {
      throw ProblemException.notFound("game session");
    }
    Board board = commit.board();
    if (!session.board().equals(board.id())) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT,
          List.of(new FieldError("sessionId", "is that of a game for another board")));
    }
    Instant now = commit.now();
    if (session.rejection() != null) {
      return new Ending.Disbelieved(session.rejection());
    }
    if (session.state() == SessionState.FINISHED) {
      if (!isSame(session.score(), fields, session.decimals())) {
        throw ProblemException.conflict(
            Reason.OTHER_SCORE, "The session was finished with another score");
      }
      return new Ending.Taken(session, SubmitScore.unchanged(commit));
    }
    session
        .over(now)
        .ifPresent(why -> {
          throw Refusals.over(why);
        });
    if (session.decimals() != board.ranking().decimals()) {
      throw ProblemException.conflict(
          Reason.BOARD_CHANGED, "The board was made anew since the session started");
    }
    FinalScore score = fields.on(board);
    Optional<Implausible> objection = board.rules().objection(session, score.score(), now);
    if (objection.isPresent()) {
      GameSession rejected = session.rejected(score, objection.get(), now);
      commit.update(document, SessionDocument.fields(rejected));
      return new Ending.Disbelieved(objection.get());
    }
    String country = fields.country() == null ? session.country() : fields.country();
    SubmitScore.Committed committed =
        SubmitScore.submit(commit, new Submission(score, country, id.value(), session.expiresAt()));
    GameSession finished = session.finished(score, now);
    commit.update(document, SessionDocument.fields(finished));
    return new Ending.Taken(finished, committed);
  }

  private static boolean isSame(@Nullable FinalScore score, ScoreFields fields, int decimals) {
    return score != null
        && BigDecimal.valueOf(score.score(), decimals).compareTo(fields.score()) == 0
        && BigDecimal.valueOf(score.subscore(), decimals).compareTo(fields.subscore()) == 0
        && Objects.equals(score.metadata(), fields.metadata());
  }
}
