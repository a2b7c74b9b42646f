package dev.fireside.games.sessions;

import dev.fireside.play.ScoreFields;
import dev.fireside.play.ScoreReply;
import dev.fireside.play.SubmitScore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.Implausible;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.SessionDocument;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finishes a session: its score is checked against the board's rules and submitted, the session
/// ended, in one transaction. Finished again with the same score it answers again, and counts once.
final class FinishSession {
  private final Documents documents;
  private final SubmitScore submitScore;
  private final Clock clock;

  FinishSession(Platform platform) {
    this.documents = platform.documents();
    this.submitScore = new SubmitScore(platform);
    this.clock = platform.clock();
  }

  private sealed interface Ending {
    GameSession session();

    record Counted(GameSession session, SubmitScore.Committed committed) implements Ending {}

    record Repeated(GameSession session) implements Ending {}

    record Disbelieved(GameSession session, Implausible why) implements Ending {}
  }

  FinishView finish(Uid player, SessionId id, ScoreFields fields) {
    // Says which board it is about, which never changes, and turns most refusals away.
    GameSession known = own(documents.get(SessionDocument.path(id)), player);
    Ending ending =
        known.state() == SessionState.OPEN
            ? documents.transact(transaction -> ending(transaction, known, fields))
            : again(known, fields);
    ScoreReply reply =
        switch (ending) {
          case Ending.Counted(_, SubmitScore.Committed committed) -> submitScore.reply(committed);
          case Ending.Repeated(GameSession session) ->
              submitScore.current(session.board(), session.uid());
          case Ending.Disbelieved(_, Implausible why) ->
              throw Problems.conflict("The score was rejected. " + why.sentence());
        };
    return FinishView.of(ending.session(), reply);
  }

  private static GameSession own(Optional<Document> document, Uid player) {
    return document
        .map(SessionDocument::parse)
        .filter(session -> session.uid().equals(player))
        .orElseThrow(Problems::noSuchSession);
  }

  private Ending ending(Transaction transaction, GameSession known, ScoreFields fields) {
    String path = SessionDocument.path(known.id());
    // The player's document first: it is what those who finish at the same time take turns for.
    Map<String, Document> read =
        transaction.getAll(
            List.of(
                PlayerStore.path(known.board(), known.uid()),
                BoardStore.path(known.board()),
                path));
    GameSession session = own(Optional.ofNullable(read.get(path)), known.uid());
    if (session.state() != SessionState.OPEN) {
      return again(session, fields);
    }
    Instant now = clock.instant();
    Problems.checkOpen(session, now);
    Board board = SubmitScore.board(read, known.board());
    FinalScore score = fields.on(board);
    Optional<Implausible> objection = board.rules().objection(session, score.score(), now);
    if (objection.isPresent()) {
      GameSession rejected = session.rejected(score, objection.get(), now);
      transaction.set(path, SessionDocument.fields(rejected));
      return new Ending.Disbelieved(rejected, objection.get());
    }
    String country = fields.country() == null ? session.country() : fields.country();
    var submission = new Submission(score, country, session.id().value(), session.expiresAt());
    SubmitScore.Committed committed =
        submitScore.commit(transaction, read, session.board(), session.uid(), _ -> submission);
    GameSession finished = session.finished(score, now);
    transaction.set(path, SessionDocument.fields(finished));
    return new Ending.Counted(finished, committed);
  }

  private Ending again(GameSession session, ScoreFields fields) {
    Implausible rejection = session.rejection();
    if (rejection != null) {
      return new Ending.Disbelieved(session, rejection);
    }
    Problems.checkNotExpired(session, clock.instant());
    if (!isSame(session.score(), fields, session.decimals())) {
      throw Problems.conflict("The session was finished with another score");
    }
    return new Ending.Repeated(session);
  }

  private static boolean isSame(@Nullable FinalScore score, ScoreFields fields, int decimals) {
    return score != null
        && SessionView.number(score.score(), decimals).compareTo(fields.score()) == 0
        && SessionView.number(score.subscore(), decimals).compareTo(fields.subscore()) == 0
        && Objects.equals(score.metadata(), fields.metadata());
  }
}
