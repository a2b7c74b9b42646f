package dev.fireside.play;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.KeptBoards;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.GivenUpException;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.StoreUnavailableException;
import dev.fireside.shared.store.Writes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Commits of players who are new in a period, where players are counted: all who wait in this
/// process for one board go in one commit, which writes the counter once. One by one they would
/// only make each other's fail, since each changes it.
///
/// Every such commit holds only while the documents of the board's open periods are as they were
/// read. So no two processes give the same place away; and since a period is closed in its document
/// too, nobody enters one that is being frozen.
final class Entrances {
  /// Below Firestore's 10 MiB, also when all remember as many submissions as they may.
  private static final int TOGETHER_MAX = 50;

  private static final Duration WAIT_MAX = Duration.ofSeconds(25);
  private static final int LINES = 64;

  private final Documents documents;
  private final Clock clock;
  private final KeptBoards boards;
  private final Line[] lines = Stream.generate(Line::new).limit(LINES).toArray(Line[]::new);

  Entrances(Platform platform, KeptBoards boards) {
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.boards = boards;
  }

  /// Those who wait, of all boards that share the line.
  private static final class Line {
    private final Queue<Entrant<?>> waiting = new ConcurrentLinkedQueue<>();
    private final ReentrantLock turn = new ReentrantLock(true);
  }

  /// Runs `work` with the sizes of the periods, and commits what it writes; like
  /// [BoardCommits#run], which calls it.
  <T> T enter(BoardId board, Uid uid, List<String> more, Function<BoardCommit, T> work) {
    var entrant = new Entrant<>(board, uid, more, work);
    Line line = lines[Math.floorMod(board.hashCode(), LINES)];
    line.waiting.add(entrant);
    try {
      while (!entrant.ended) {
        awaitTurn(line);
        try {
          if (!entrant.ended) {
            commit(line, entrant);
          }
        } finally {
          line.turn.unlock();
        }
      }
    } finally {
      line.waiting.remove(entrant);
    }
    return entrant.result();
  }

  private static void awaitTurn(Line line) {
    try {
      long nanos = Errand.current().remaining(WAIT_MAX).toNanos();
      if (!line.turn.tryLock(nanos, TimeUnit.NANOSECONDS)) {
        throw new StoreUnavailableException(
            "Others were always faster", new TimeoutException("No turn in " + WAIT_MAX));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while others wrote", e);
    }
  }

  /// Commits the first of those who wait for the board of `leader`.
  private void commit(Line line, Entrant<?> leader) {
    List<Entrant<?>> together = next(line, leader.board);
    try {
      documents.writeIfUnchanged(writes -> {
        attempt(leader.board, together, writes);
        return leader;
      });
      together.forEach(Entrant::end);
    } catch (GivenUpException e) {
      // Nobody waits for the leader any more; but for the others somebody does.
      together.stream().filter(entrant -> !entrant.equals(leader)).forEach(line.waiting::add);
      throw e;
    } catch (RuntimeException e) {
      together.forEach(entrant -> {
        entrant.failure = e;
        entrant.end();
      });
    }
  }

  /// Takes players out of the line, each once: what somebody sends twice needs what came of the
  /// first.
  private static List<Entrant<?>> next(Line line, BoardId board) {
    var together = new ArrayList<Entrant<?>>();
    var uids = new HashSet<Uid>();
    var all = line.waiting.iterator();
    while (all.hasNext() && together.size() < TOGETHER_MAX) {
      Entrant<?> entrant = all.next();
      if (entrant.board.equals(board) && uids.add(entrant.uid)) {
        all.remove();
        together.add(entrant);
      }
    }
    return together;
  }

  private void attempt(BoardId id, List<Entrant<?>> together, Writes writes) {
    Instant now = clock.instant();
    List<Period> periods = open(documents.get(BoardStore.path(id)).orElse(null), now);
    Documents.Snapshot read = documents.read(paths(id, together, periods));
    List<Period> atRead = open(read.documents().get(BoardStore.path(id)), now);
    while (!atRead.equals(periods)) {
      periods = atRead;
      read = documents.read(paths(id, together, periods));
      atRead = open(read.documents().get(BoardStore.path(id)), now);
    }
    Map<String, Long> sizes = sizes(id, periods, read);
    boolean any = false;
    for (Entrant<?> entrant : together) {
      any |= entrant.attempt(boards, now, read, sizes, writes);
    }
    if (any) {
      for (Period period : periods) {
        String path = PeriodStore.path(id, period.key());
        long size = sizes.getOrDefault(period.key(), 0L);
        writes.write(path, read.documents().get(path), PeriodStore.sized(period, size));
      }
    }
  }

  private List<Period> open(@Nullable Document stored, Instant now) {
    if (stored == null) {
      return List.of();
    }
    Board board = boards.parse(stored);
    return Periods.open(board, now);
  }

  private static List<String> paths(BoardId id, List<Entrant<?>> together, List<Period> periods) {
    var paths = new LinkedHashSet<String>();
    periods.forEach(period -> paths.add(PeriodStore.path(id, period.key())));
    together.forEach(entrant -> paths.addAll(BoardCommit.paths(id, entrant.uid, entrant.more)));
    return List.copyOf(paths);
  }

  private static Map<String, Long> sizes(
      BoardId id, List<Period> periods, Documents.Snapshot read) {
    var sizes = new HashMap<String, Long>();
    for (Period period : periods) {
      Document document = read.documents().get(PeriodStore.path(id, period.key()));
      sizes.put(period.key(), document == null ? 0L : PeriodStore.parse(document).size());
    }
    return sizes;
  }

  /// A player who is to enter, and what came of it. Changed only by whoever has the line's turn.
  private static final class Entrant<T> {
    private final BoardId board;
    private final Uid uid;
    private final List<String> more;
    private final Function<BoardCommit, T> work;
    private @Nullable T result;
    private @Nullable RuntimeException failure;
    private volatile boolean ended;

    Entrant(BoardId board, Uid uid, List<String> more, Function<BoardCommit, T> work) {
      this.board = board;
      this.uid = uid;
      this.more = List.copyOf(more);
      this.work = work;
    }

    /// Runs the work; what it throws is this player's alone.
    ///
    /// @return whether it threw nothing
    boolean attempt(
        KeptBoards boards,
        Instant now,
        Documents.Snapshot read,
        Map<String, Long> sizes,
        Writes writes) {
      failure = null;
      try {
        result = work.apply(BoardCommit.of(boards, board, uid, now, read, writes).counting(sizes));
        return true;
      } catch (RuntimeException e) {
        failure = e;
        return false;
      }
    }

    void end() {
      ended = true;
    }

    T result() {
      if (failure != null) {
        throw failure;
      }
      return Objects.requireNonNull(result);
    }
  }
}
