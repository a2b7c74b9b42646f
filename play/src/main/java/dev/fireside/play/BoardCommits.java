package dev.fireside.play;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.store.KeptBoards;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/// Opens commits about a player on a board: without locks, with them, or together with others. All
/// run `work`, which may be asked more than once and must have no effect but through the commit;
/// what it throws ends the commit with nothing written, as does a 404 problem where there is no
/// such board.
final class BoardCommits {
  /// A period is closed after its end, and what is sent to Firestore is done or given up within
  /// half a minute: what is written so long before the end is written before the period is frozen.
  private static final Duration FREEZE_MARGIN = Duration.ofMinutes(2);

  private final Documents documents;
  private final Clock clock;
  private final KeptBoards boards = new KeptBoards();
  private final Entrances entrances;

  BoardCommits(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.entrances = new Entrances(platform, boards);
  }

  private sealed interface Tried<T> {
    record Done<T>(T result) implements Tried<T> {}

    /// A period ends soon: the board must not change meanwhile.
    record NeedsLocks<T>() implements Tried<T> {}

    /// The player would be one more where players are counted.
    record NeedsPlace<T>() implements Tried<T> {}
  }

  /// Runs `work` without locks, again where one of the documents that it writes has changed since
  /// it was read; with locks where a period ends soon, and together with others who are new where
  /// players are counted.
  ///
  /// @param more paths of other documents that `work` wants to see
  <T> T run(BoardId id, Uid uid, List<String> more, Function<BoardCommit, T> work) {
    List<String> wanted = BoardCommit.paths(id, uid, more);
    Tried<T> tried =
        documents.writeIfUnchanged(writes -> {
          BoardCommit commit = commit(id, uid, documents.read(wanted), writes);
          return endsSoon(commit) ? needsLocks(commit) : tried(commit, work);
        });
    if (tried instanceof Tried.NeedsLocks<T>) {
      // The board is the barrier: whoever freezes a period closes it in there first.
      tried =
          documents.transact(transaction -> {
            var read = new Documents.Snapshot(transaction.getAll(wanted), transaction.readTime());
            return tried(commit(id, uid, read, transaction), work);
          });
    }
    return tried instanceof Tried.Done<T>(T result) ? result : entrances.enter(id, uid, more, work);
  }

  private BoardCommit commit(BoardId id, Uid uid, Documents.Snapshot read, Writes writes) {
    return BoardCommit.of(boards, id, uid, clock.instant(), read, writes);
  }

  private static boolean endsSoon(BoardCommit commit) {
    Instant later = commit.now().plus(FREEZE_MARGIN);
    return commit.periods().stream().anyMatch(period -> period.endedBy(later));
  }

  private static <T> Tried<T> needsLocks(BoardCommit commit) {
    return commit.firstEntries().isEmpty() ? new Tried.NeedsLocks<>() : new Tried.NeedsPlace<>();
  }

  private static <T> Tried<T> tried(BoardCommit commit, Function<BoardCommit, T> work) {
    return commit.firstEntries().isEmpty()
        ? new Tried.Done<>(work.apply(commit))
        : new Tried.NeedsPlace<>();
  }
}
