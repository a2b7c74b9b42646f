package dev.fireside.leaderboards.deltas;

import dev.fireside.leaderboards.store.DirtyTops;
import dev.fireside.leaderboards.store.DirtyTops.Note;
import dev.fireside.leaderboards.store.DirtyTops.Place;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.realtime.RealtimeException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/// Publishes what changes left behind that came too soon after a publication, or that could not be
/// published.
final class FlushDeltas {
  private static final int NOTES_MAX = 2_000;
  private static final int BOARDS_PER_PAGE = 100;
  private static final int AT_ONCE = 16;

  private final DirtyTops dirty;
  private final PublishTop publishTop;
  private final BoardStore boards;
  private final Clock clock;

  FlushDeltas(DirtyTops dirty, PublishTop publishTop, BoardStore boards, Clock clock) {
    this.dirty = dirty;
    this.publishTop = publishTop;
    this.boards = boards;
    this.clock = clock;
  }

  /// Throws the first failure. Where the Realtime Database is away, the rest is not tried.
  void flush() {
    if (!dirty.isWatched()) {
      // Redis has lost the notes: what was published last is unknown too.
      noteAll();
      dirty.watch();
    }
    var places = new Semaphore(AT_ONCE);
    var away = new AtomicBoolean();
    var publications = new ArrayList<Future<?>>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Note note : dirty.list(NOTES_MAX)) {
        publications.add(
            executor.submit(() -> {
              places.acquire();
              try {
                if (!away.get()) {
                  publishTop.publish(List.of(note));
                }
              } catch (RealtimeException e) {
                away.set(true);
                throw e;
              } finally {
                places.release();
              }
              return note;
            }));
      }
    }
    publications.forEach(FlushDeltas::await);
  }

  private void noteAll() {
    BoardId last = null;
    while (true) {
      List<Board> page = boards.list(last, BOARDS_PER_PAGE);
      dirty.mark(
          page.stream()
              .filter(board -> board.status() != BoardStatus.DELETED)
              .flatMap(board ->
                  Periods.open(board, clock.instant()).stream()
                      .map(period -> new Place(board.id(), period.key())))
              .toList());
      if (page.size() < BOARDS_PER_PAGE) {
        return;
      }
      last = page.getLast().id();
    }
  }

  private static void await(Future<?> publication) {
    try {
      publication.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException("A top could not be published", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while tops were published", e);
    }
  }
}
