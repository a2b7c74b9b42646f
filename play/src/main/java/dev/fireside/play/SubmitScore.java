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
import dev.fireside.shared.json.WireNames;
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
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Takes a score in two steps: [#commit], alone or with another document, and [#reply] after it. A
/// process that dies in between leaves the second to the event of the player's document.
public final class SubmitScore {
  /// A period is closed after its end, and what is sent to Firestore is done or given up within
  /// half a minute: what is written so long before the end is written before the period is frozen.
  /// Later writes hold the board, in which a period is closed first.
  private static final Duration FREEZE_MARGIN = Duration.ofMinutes(2);

  private final Documents documents;
  private final Ranks ranks;
  private final Clock clock;

  public SubmitScore(Platform platform) {
    this.documents = platform.documents();
    this.ranks = new Ranks(platform);
    this.clock = platform.clock();
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

  /// The documents that [#commit] needs: read them, with others, in one call of the transaction.
  static List<String> paths(BoardId board, Uid uid) {
    // The player first: whoever is retried waits for those who named the same document first.
    return List.of(PlayerStore.path(board, uid), BoardStore.path(board));
  }

  /// The board among the documents that were read. Throws a 404 problem where it is not there.
  static Board board(Map<String, Document> read, BoardId id) {
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
  static PlayerBoard player(Map<String, Document> read, BoardId board, Uid uid) {
    Document document = read.get(PlayerStore.path(board, uid));
    return document == null ? PlayerBoard.none(board, uid) : PlayerStore.parse(document);
  }

  /// One attempt at a commit: what was read for it, and what is to be written in it.
  public static final class Attempt {
    private final Board board;
    private final PlayerBoard player;
    private final List<Period> periods;
    private final Map<String, Document> read;
    private final Function<Submission, Scoring.Verdict> rules;
    private final UnaryOperator<PlayerBoard> write;
    private final BiConsumer<Document, Map<String, Object>> update;

    private Attempt(
        Board board,
        PlayerBoard player,
        List<Period> periods,
        Map<String, Document> read,
        Function<Submission, Scoring.Verdict> rules,
        UnaryOperator<PlayerBoard> write,
        BiConsumer<Document, Map<String, Object>> update) {
      this.board = board;
      this.player = player;
      this.periods = periods;
      this.read = read;
      this.rules = rules;
      this.write = write;
      this.update = update;
    }

    /// The board as it is.
    public Board board() {
      return board;
    }

    /// One of the documents that were asked for; empty where it does not exist.
    public Optional<Document> read(String path) {
      return Optional.ofNullable(read.get(path));
    }

    /// Takes the score where the board's rules allow it. Throws a problem otherwise: 409 where its
    /// state or that of the player does not allow it, 422 for a key that another score had, 429 for
    /// too many scores at once.
    public Committed submit(Submission submission) {
      return switch (rules.apply(submission)) {
        case Scoring.Refused refused -> throw problem(refused);
        case Scoring.Duplicate() -> unchanged();
        case Scoring.Accepted(PlayerBoard changed, Map<String, Boolean> newBest) ->
            new Committed(board, player, write.apply(changed), periods, newBest, false);
      };
    }

    /// What the player has, for a score that was taken before.
    public Committed unchanged() {
      return new Committed(board, player, player, periods, Map.of(), true);
    }

    /// Changes another document, in the same commit.
    ///
    /// @param asRead one of those that were asked for; the commit fails where it has changed since
    public void update(Document asRead, Map<String, Object> fields) {
      update.accept(asRead, fields);
    }
  }

  /// Takes one score. Throws what [Attempt#submit] does, a 404 problem for no board, and what
  /// `submission` throws; nothing is written then.
  public Committed commit(BoardId id, Uid uid, Function<Board, Submission> submission) {
    return commit(id, uid, List.of(), attempt -> attempt.submit(submission.apply(attempt.board())));
  }

  /// Commits what is decided about a player's score. Throws a 404 problem for no board, and what
  /// `decide` throws; nothing is written then.
  ///
  /// @param more paths of other documents that `decide` wants to see
  /// @param decide may be asked more than once, and must have no effect but through its argument
  public <T> T commit(BoardId id, Uid uid, List<String> more, Function<Attempt, T> decide) {
    var wanted = new ArrayList<>(paths(id, uid));
    wanted.addAll(more);
    Optional<T> committed =
        documents.writeIfUnchanged(
            writes -> unlocked(writes, documents.read(wanted), id, uid, decide));
    return committed.orElseGet(() ->
        documents.transact(
            transaction -> locked(transaction, transaction.getAll(wanted), id, uid, decide)));
  }

  /// Decides without a lock on the board; empty, with nothing written, where one is needed.
  private <T> Optional<T> unlocked(
      Writes writes, Documents.Snapshot read, BoardId id, Uid uid, Function<Attempt, T> decide) {
    Board board = board(read.documents(), id);
    PlayerBoard player = player(read.documents(), id, uid);
    Instant now = clock.instant();
    List<Period> periods = Periods.open(board, now);
    Instant later = now.plus(FREEZE_MARGIN);
    if (periods.stream().anyMatch(period -> period.endedBy(later))
        || !Scoring.firstEntries(board, player, periods).isEmpty()) {
      return Optional.empty();
    }
    long at = Document.versionOf(read.readTime());
    return Optional.of(
        decide.apply(
            new Attempt(
                board,
                player,
                periods,
                read.documents(),
                submission -> Scoring.submit(board, player, submission, periods, Map.of(), now, at),
                changed -> PlayerStore.writeIfUnchanged(writes, read, changed),
                writes::update)));
  }

  private <T> T locked(
      Transaction transaction,
      Map<String, Document> read,
      BoardId id,
      Uid uid,
      Function<Attempt, T> decide) {
    Board board = board(read, id);
    PlayerBoard player = player(read, id, uid);
    // The board as read here is the barrier: whoever freezes a period closes it in there first.
    Instant now = clock.instant();
    List<Period> periods = Periods.open(board, now);
    Map<String, Long> sizes = sizes(transaction, board, player, periods);
    long at = Document.versionOf(transaction.readTime());
    return decide.apply(
        new Attempt(
            board,
            player,
            periods,
            read,
            submission -> Scoring.submit(board, player, submission, periods, sizes, now, at),
            changed -> write(transaction, board, player, changed, periods, sizes),
            (asRead, fields) -> transaction.update(asRead.path(), fields)));
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
