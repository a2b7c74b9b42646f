package dev.fireside.play;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankChange;
import dev.fireside.play.domain.Scoring;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import dev.fireside.shared.store.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Takes a score in two steps: [#commit], alone or within a transaction that writes other things
/// too, and [#reply] after it. A process that dies in between leaves the second to the event of the
/// player's document.
public final class SubmitScore {
  /// A period is closed after its end, and what is sent to Firestore is done or given up within
  /// half a minute: what is written so long before the end is written before the period is frozen.
  /// Later writes hold the board, in which a period is closed first.
  private static final Duration FREEZE_MARGIN = Duration.ofMinutes(2);

  private final Documents documents;
  private final BoardStore boards;
  private final PlayerStore players;
  private final Ranks ranks;
  private final Clock clock;

  public SubmitScore(Platform platform) {
    this.documents = platform.documents();
    this.boards = new BoardStore(platform);
    this.players = new PlayerStore(platform);
    this.ranks = new Ranks(platform);
    this.clock = platform.clock();
  }

  /// What a transaction decided.
  ///
  /// @param periods those that took the score, in the board's order
  /// @param newBest by period key, whether it is better than all before
  /// @param duplicate whether it had been taken before, and nothing was written
  public record Committed(
      Board board,
      PlayerBoard player,
      List<Period> periods,
      Map<String, Boolean> newBest,
      boolean duplicate) {}

  /// The documents that [#commit] needs: read them, with others, in one call of the transaction.
  public static List<String> paths(BoardId board, Uid uid) {
    // The player first: whoever is retried waits for those who named the same document first.
    return List.of(PlayerStore.path(board, uid), BoardStore.path(board));
  }

  /// The board among the documents that were read. Throws a 404 problem where it is not there.
  public static Board board(Map<String, Document> read, BoardId id) {
    Document document = read.get(BoardStore.path(id));
    if (document != null) {
      Board board = BoardStore.parse(document);
      if (board.status() != BoardStatus.DELETED) {
        return board;
      }
    }
    throw ProblemException.notFound("leaderboard");
  }

  /// What the player has, among the documents that were read.
  public static PlayerBoard player(Map<String, Document> read, BoardId board, Uid uid) {
    Document document = read.get(PlayerStore.path(board, uid));
    return document == null ? PlayerBoard.none(board, uid) : PlayerStore.parse(document);
  }

  /// Makes the submission, once the board is known. Throws a problem for what cannot be one.
  public interface Draft {
    /// Makes the submission.
    ///
    /// @param board the board as it is
    /// @param read the documents that were asked for and exist
    Submission on(Board board, Map<String, Document> read);
  }

  /// Takes the score where the board's rules allow it. Throws a problem, having written nothing:
  /// 404 for no board, 409 where its state or that of the player does not allow it, 422 for a key
  /// that another score had, 429 for too many scores at once, and what `draft` throws.
  ///
  /// @param more paths of documents that `draft` wants to see
  public Committed commit(BoardId id, Uid uid, List<String> more, Draft draft) {
    var wanted = new ArrayList<>(paths(id, uid));
    wanted.addAll(more);
    Optional<Committed> committed =
        documents.writeIfUnchanged(writes -> {
          Documents.Snapshot read = documents.read(wanted);
          return unlocked(writes, read, id, uid, draft);
        });
    return committed.orElseGet(() ->
        documents.transact(transaction -> {
          Map<String, Document> read = transaction.getAll(wanted);
          return commit(transaction, read, id, uid, board -> draft.on(board, read));
        }));
  }

  /// Commits without a lock on the board; empty, with nothing written, where one is needed.
  private Optional<Committed> unlocked(
      Writes writes, Documents.Snapshot read, BoardId id, Uid uid, Draft draft) {
    Board board = board(read.documents(), id);
    PlayerBoard player = player(read.documents(), id, uid);
    Instant now = clock.instant();
    List<Period> periods = Periods.open(board, now);
    Instant later = now.plus(FREEZE_MARGIN);
    if (periods.stream().anyMatch(period -> period.endedBy(later))
        || !Scoring.firstEntries(board, player, periods).isEmpty()) {
      return Optional.empty();
    }
    Submission submission = draft.on(board, read.documents());
    long at = Document.versionOf(read.readTime());
    return Optional.of(
        committed(
            board,
            player,
            periods,
            Scoring.submit(board, player, submission, periods, Map.of(), now, at),
            changed -> PlayerStore.writeIfUnchanged(writes, read, changed)));
  }

  /// Takes the score within a transaction, as [#commit] does. It may read, so that the caller must
  /// not have written before.
  ///
  /// @param read the documents of [#paths] that exist, read in this transaction
  /// @param submission makes the submission, once the board is known
  public Committed commit(
      Transaction transaction,
      Map<String, Document> read,
      BoardId id,
      Uid uid,
      Function<Board, Submission> submission) {
    Board board = board(read, id);
    PlayerBoard player = player(read, id, uid);
    // The board as read here is the barrier: whoever freezes a period closes it in there first.
    Instant now = clock.instant();
    List<Period> periods = Periods.open(board, now);
    Map<String, Long> sizes = sizes(transaction, board, player, periods);
    long at = Document.versionOf(transaction.readTime());
    return committed(
        board,
        player,
        periods,
        Scoring.submit(board, player, submission.apply(board), periods, sizes, now, at),
        changed -> write(transaction, board, player, changed, periods, sizes));
  }

  private static Committed committed(
      Board board,
      PlayerBoard player,
      List<Period> periods,
      Scoring.Verdict verdict,
      UnaryOperator<PlayerBoard> write) {
    return switch (verdict) {
      case Scoring.Refused refused -> throw problem(refused);
      case Scoring.Duplicate() -> new Committed(board, player, periods, Map.of(), true);
      case Scoring.Accepted(PlayerBoard changed, Map<String, Boolean> newBest) ->
          new Committed(board, write.apply(changed), periods, newBest, false);
    };
  }

  /// How many players those periods have in which this one would be one more.
  static Map<String, Long> sizes(
      Transaction transaction, Board board, PlayerBoard player, List<Period> periods) {
    var sizes = new HashMap<String, Long>();
    for (Period period : Scoring.firstEntries(board, player, periods)) {
      sizes.put(
          period.key(),
          transaction
              .get(PeriodStore.path(board.id(), period.key()))
              .map(document -> PeriodStore.parse(document).size())
              .orElse(0L));
    }
    return sizes;
  }

  static PlayerBoard write(
      Transaction transaction,
      Board board,
      PlayerBoard before,
      PlayerBoard changed,
      List<Period> periods,
      Map<String, Long> sizes) {
    for (Period period : Scoring.firstEntries(board, before, periods)) {
      if (changed.entries().containsKey(period.key())) {
        transaction.merge(
            PeriodStore.path(board.id(), period.key()),
            PeriodStore.sized(period, sizes.getOrDefault(period.key(), 0L) + 1));
      }
    }
    return PlayerStore.write(transaction, changed);
  }

  static ProblemException problem(Scoring.Refused refused) {
    ProblemType type =
        switch (refused.reason()) {
          case STATE -> ProblemType.CONFLICT;
          case KEY_REUSED -> ProblemType.KEY_REUSED;
          case TOO_MANY -> ProblemType.RATE_LIMITED;
        };
    if (!refused.delay().isZero()) {
      return ProblemException.of(
          type,
          refused.message(),
          Map.of("Retry-After", Long.toString(refused.delay().plusMillis(999).toSeconds())));
    }
    return refused.field() == null
        ? ProblemException.of(type, refused.message())
        : ProblemException.invalid(
            type, List.of(new FieldError(refused.field(), refused.message())));
  }

  /// Brings Redis up to date, and says what the score did.
  public ScoreReply reply(Committed committed) {
    Map<Period, RankChange> changes =
        ranks.apply(committed.board(), committed.player(), committed.periods());
    var periods = new ArrayList<ScoreReply.InPeriod>();
    boolean rebuilding = false;
    for (Period period : committed.periods()) {
      RankChange change = changes.getOrDefault(period, RankChange.NOT_READY);
      rebuilding |= !change.ready();
      periods.add(inPeriod(committed, period, change));
    }
    return new ScoreReply(committed.duplicate(), rebuilding, List.copyOf(periods));
  }

  /// What a player has on a board at the moment, as the reply to a score that came again.
  public ScoreReply current(BoardId id, Uid uid) {
    Board board =
        boards
            .get(id)
            .filter(found -> found.status() != BoardStatus.DELETED)
            .orElseThrow(() -> ProblemException.notFound("leaderboard"));
    PlayerBoard player = players.get(id, uid).orElseGet(() -> PlayerBoard.none(id, uid));
    return reply(
        new Committed(board, player, Periods.open(board, clock.instant()), Map.of(), true));
  }

  private static ScoreReply.InPeriod inPeriod(
      Committed committed, Period period, RankChange change) {
    Entry entry = committed.player().entry(period.key());
    Board board = committed.board();
    return new ScoreReply.InPeriod(
        period.kind().wireName(),
        period.key(),
        period.end(),
        entry.scored() ? board.ranking().number(entry.score()) : null,
        entry.scored() ? board.ranking().number(entry.subscore()) : null,
        committed.newBest().getOrDefault(period.key(), false),
        change.ready() ? places(committed, change.before(), change.after()) : null,
        change.ready() && board.byCountry() && entry.country() != null
            ? new ScoreReply.InCountry(
                entry.country(),
                places(committed, change.countryBefore(), change.countryAfter()),
                change.countryEntries())
            : null,
        change.ready() ? (Long) change.entries() : null);
  }

  private static ScoreReply.Places places(
      Committed committed, @Nullable Long before, @Nullable Long after) {
    return new ScoreReply.Places(committed.duplicate() ? after : before, after);
  }
}
