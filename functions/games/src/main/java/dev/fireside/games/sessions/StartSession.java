package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionState;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Starts a session on a board.
final class StartSession {
  /// Sessions that a player may have open at once: another one takes the place of the oldest.
  static final int OPEN_MAX = 20;

  private final SessionStore sessions;
  private final Clock clock;
  private final RandomGenerator random;

  /// @param random what seeds are drawn from
  StartSession(SessionStore sessions, Clock clock, RandomGenerator random) {
    this.sessions = sessions;
    this.clock = clock;
    this.random = random;
  }

  /// @param id of the new session; the same on every attempt of one request
  /// @param country that the score is to count for; null for none
  GameSession start(Uid player, SessionId id, BoardId boardId, @Nullable String country) {
    return sessions.start(
        player,
        id,
        boardId,
        clock.instant(),
        OPEN_MAX,
        board -> {
          if (board == null || board.status() == BoardStatus.DELETED) {
            throw ProblemException.notFound("leaderboard");
          }
          if (board.status() == BoardStatus.CLOSED) {
            throw ProblemException.conflict(Reason.BOARD_CLOSED, "The board is closed");
          }
          return session(player, id, board, country);
        });
  }

  private GameSession session(Uid player, SessionId id, Board board, @Nullable String country) {
    // As finely as Firestore keeps it, so that a session reads the same ever after.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return new GameSession(
        id,
        player,
        board.id(),
        board.ranking().decimals(),
        String.format(Locale.ROOT, "%016x", random.nextLong()),
        country,
        SessionState.OPEN,
        now,
        now.plusSeconds(board.rules().maxSeconds()),
        EventTotals.NONE,
        null,
        null,
        null);
  }
}
