package dev.fireside.play;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.store.KeptBoards;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
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

/// Opens commits about a player on a board, without locks or with them. Both run `work`, which may
/// be asked more than once and must have no effect but through the commit; what it throws ends the
/// commit with nothing written, as does a 404 problem where there is no such board.
final class BoardCommits {
  /// A period is closed after its end, and what is sent to Firestore is done or given up within
  /// half a minute: what is written so long before the end is written before the period is frozen.
  private static final Duration FREEZE_MARGIN = Duration.ofMinutes(2);

  private final Documents documents;
  private final Clock clock;
  private final KeptBoards boards = new KeptBoards();

  BoardCommits(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
  }

  /// Runs `work` without locks, again where one of the documents that it writes has changed since
  /// it was read; with locks where the board could change in what matters: shortly before a period
  /// ends, and where players are counted.
  ///
  /// @param more paths of other documents that `work` wants to see
  <T> T optimistic(BoardId id, Uid uid, List<String> more, Function<BoardCommit, T> work) {
    List<String> wanted = wanted(id, uid, more);
    Optional<T> done =
        documents.writeIfUnchanged(writes -> unlocked(id, uid, wanted, writes).map(work));
    return done.orElseGet(() -> locking(id, uid, more, work));
  }

  /// Empty where it takes locks.
  private Optional<BoardCommit> unlocked(BoardId id, Uid uid, List<String> wanted, Writes writes) {
    var commit = BoardCommit.of(boards, id, uid, clock.instant(), documents.read(wanted), writes);
    Instant later = commit.now().plus(FREEZE_MARGIN);
    return commit.firstEntries().isEmpty()
            && commit.periods().stream().noneMatch(period -> period.endedBy(later))
        ? Optional.of(commit)
        : Optional.empty();
  }

  /// Runs `work` with locks on all that is read. The board is the barrier: whoever freezes a period
  /// closes it in there first.
  <T> T locking(BoardId id, Uid uid, List<String> more, Function<BoardCommit, T> work) {
    List<String> wanted = wanted(id, uid, more);
    return documents.transact(transaction -> {
      var read = new Documents.Snapshot(transaction.getAll(wanted), transaction.readTime());
      var commit = BoardCommit.of(boards, id, uid, clock.instant(), read, transaction);
      return work.apply(commit.withSizes(sizes(transaction, id, commit.firstEntries())));
    });
  }

  private static List<String> wanted(BoardId id, Uid uid, List<String> more) {
    var wanted = new ArrayList<>(BoardCommit.paths(id, uid));
    wanted.addAll(more);
    return wanted;
  }

  private static Map<String, Long> sizes(
      Transaction transaction, BoardId board, List<Period> periods) {
    var sizes = new HashMap<String, Long>();
    for (Period period : periods) {
      sizes.put(
          period.key(),
          transaction
              .get(PeriodStore.path(board, period.key()))
              .map(document -> PeriodStore.parse(document).size())
              .orElse(0L));
    }
    return sizes;
  }
}
