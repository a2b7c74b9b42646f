package dev.fireside.play;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Scoring;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Enters a player into the open periods of a board, without a score and so without a rank.
public final class JoinBoard {
  private final BoardCommits commits;

  public JoinBoard(Platform platform) {
    this.commits = new BoardCommits(platform);
  }

  /// Joins every period that is open now and has room. Throws a 404 problem where there is no such
  /// board, a 409 problem where it is closed, or full in every period.
  ///
  /// @param country ISO 3166-1 alpha-2 code; null for what is known already
  /// @return the periods that are joined now, in the board's order
  public List<Period> join(BoardId id, Uid uid, @Nullable String country) {
    return commits.run(id, uid, List.of(), commit -> join(commit, country));
  }

  private static List<Period> join(BoardCommit commit, @Nullable String country) {
    PlayerBoard joined =
        switch (Scoring.join(
            commit.board(), commit.player(), country, commit.periods(), commit.sizes())) {
          case Scoring.Refused refused -> throw Refusals.problem(refused);
          case Scoring.Duplicate() -> commit.player();
          case Scoring.Accepted(PlayerBoard changed, _) -> commit.write(changed);
        };
    return commit.periods().stream().filter(period -> joined.entry(period.key()).joined()).toList();
  }
}
