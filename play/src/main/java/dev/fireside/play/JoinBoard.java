package dev.fireside.play;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Scoring;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Enters a player into the open periods of a board, without a score and so without a rank.
public final class JoinBoard {
  private final Documents documents;
  private final Clock clock;

  public JoinBoard(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
  }

  /// Joins every period that is open now and has room. Throws a 404 problem where there is no such
  /// board, a 409 problem where it is closed, or full in every period.
  ///
  /// @param country ISO 3166-1 alpha-2 code; null for what is known already
  /// @return the periods that are joined now, in the board's order
  public List<Period> join(BoardId id, Uid uid, @Nullable String country) {
    return documents.transact(transaction -> {
      Map<String, Document> read = transaction.getAll(SubmitScore.paths(id, uid));
      Board board = SubmitScore.board(read, id);
      PlayerBoard player = SubmitScore.player(read, id, uid);
      List<Period> periods = Periods.open(board, clock.instant());
      Map<String, Long> sizes = SubmitScore.sizes(transaction, board, player, periods);
      PlayerBoard joined =
          switch (Scoring.join(board, player, country, periods, sizes)) {
            case Scoring.Refused refused -> throw SubmitScore.problem(refused);
            case Scoring.Accepted(PlayerBoard changed, _) ->
                SubmitScore.write(transaction, board, player, changed, periods, sizes);
            case Scoring.Duplicate() -> player;
          };
      return periods.stream().filter(period -> joined.entry(period.key()).joined()).toList();
    });
  }
}
