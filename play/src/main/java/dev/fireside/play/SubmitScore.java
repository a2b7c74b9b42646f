package dev.fireside.play;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankChange;
import dev.fireside.play.domain.Scoring;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Takes a score in two steps: [#commit], alone or with another document, and [#reply] after it. A
/// process that dies in between leaves the second to the event of the player's document.
public final class SubmitScore {
  private final BoardCommits commits;
  private final Ranks ranks;

  public SubmitScore(Platform platform) {
    this.commits = new BoardCommits(platform);
    this.ranks = new Ranks(platform);
  }

  /// What a commit did.
  ///
  /// @param before what the player had before
  /// @param player what the player has now
  /// @param periods those that took the score, in the board's order
  /// @param newBest by period key, whether it is better than all before
  /// @param duplicate whether it had been taken before, and nothing was written
  public record Committed(
      Board board,
      PlayerBoard before,
      PlayerBoard player,
      List<Period> periods,
      Map<String, Boolean> newBest,
      boolean duplicate) {}

  /// Takes one score. Throws what [#submit] does, a 404 problem for no board, and what `submission`
  /// throws; nothing is written then.
  ///
  /// @param submission makes the score of a board; may be asked more than once
  public Committed commit(BoardId id, Uid uid, Function<Board, Submission> submission) {
    return commits.run(
        id, uid, List.of(), commit -> submit(commit, submission.apply(commit.board())));
  }

  /// Takes the score where the board's rules allow it. Throws a problem otherwise: 409 where its
  /// state or that of the player does not allow it, 422 for a key that another score had, 429 for
  /// too many scores at once.
  static Committed submit(BoardCommit commit, Submission submission) {
    return switch (Scoring.submit(
        commit.board(),
        commit.player(),
        submission,
        commit.periods(),
        commit.sizes(),
        commit.now(),
        commit.at())) {
      case Scoring.Refused refused -> throw Refusals.problem(refused);
      case Scoring.Duplicate() -> unchanged(commit);
      case Scoring.Accepted(PlayerBoard changed, Map<String, Boolean> newBest) ->
          new Committed(
              commit.board(),
              commit.player(),
              commit.write(changed),
              commit.periods(),
              newBest,
              false);
    };
  }

  /// What the player has, for a score that was taken before.
  static Committed unchanged(BoardCommit commit) {
    return new Committed(
        commit.board(), commit.player(), commit.player(), commit.periods(), Map.of(), true);
  }

  /// Brings Redis up to date, and says what the score did.
  public ScoreReply reply(Committed committed) {
    Map<Period, RankChange> changes =
        ranks.apply(committed.board(), committed.before(), committed.player(), committed.periods());
    var periods = new ArrayList<ScoreReply.InPeriod>();
    boolean rebuilding = false;
    for (Period period : committed.periods()) {
      RankChange change = changes.getOrDefault(period, RankChange.NOT_READY);
      rebuilding |= !change.ready();
      periods.add(inPeriod(committed, period, change));
    }
    return new ScoreReply(committed.duplicate(), rebuilding, List.copyOf(periods));
  }

  private static ScoreReply.InPeriod inPeriod(
      Committed committed, Period period, RankChange change) {
    Entry entry = committed.player().entry(period.key());
    Board board = committed.board();
    return new ScoreReply.InPeriod(
        WireNames.of(period.kind()),
        period.key(),
        period.end(),
        entry.scored() ? board.ranking().number(entry.score()) : null,
        entry.scored() ? board.ranking().number(entry.subscore()) : null,
        committed.newBest().getOrDefault(period.key(), false),
        change.ready() ? new ScoreReply.Places(change.before(), change.after()) : null,
        change.ready() && board.byCountry() && entry.country() != null
            ? new ScoreReply.InCountry(
                entry.country(),
                new ScoreReply.Places(change.countryBefore(), change.countryAfter()),
                change.countryEntries())
            : null,
        change.ready() ? (Long) change.entries() : null);
  }
}
