package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.JoinBoard;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Transport of joining a board.
final class JoinRoutes {
  private static final String BOARD = "/api/leaderboards/{board}";

  private final JoinBoard joinBoard;
  private final KnownBoards boards;
  private final Clock clock;

  JoinRoutes(Platform platform, KnownBoards boards) {
    this.joinBoard = new JoinBoard(platform);
    this.boards = boards;
    this.clock = platform.clock();
  }

  void addTo(HttpApp app) {
    app.route("POST", BOARD + "/join", Access.USER, this::join);
  }

  /// What somebody takes part in.
  ///
  /// @param nextReset when the first of the periods ends; null where none does
  record Joined(String board, List<PeriodView> periods, @Nullable Instant nextReset) {}

  private Response join(Request request) {
    BoardId id = BoardRoutes.id(request);
    Board board = boards.get(id).orElseThrow(Problems::noSuchBoard);
    if (!board.limits().joinRequired()) {
      throw ProblemException.conflict(
          Reason.NO_JOINING, "The board needs no joining: submit a score");
    }
    List<Period> joined = joinBoard.join(id, request.caller().uid(), null);
    Instant now = clock.instant();
    return Response.ok(
        new Joined(
            id.value(),
            joined.stream().map(period -> PeriodView.of(board, period, now, null)).toList(),
            PeriodView.nextReset(board, now)));
  }
}
