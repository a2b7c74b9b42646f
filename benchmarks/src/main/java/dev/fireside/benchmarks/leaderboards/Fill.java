package dev.fireside.benchmarks.leaderboards;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.domain.Limits;
import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Rewards;
import dev.fireside.play.domain.Schedule;
import dev.fireside.play.domain.SessionRules;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.Builds;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.store.ProfileReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// Fills a board, as so many submissions would have.
final class Fill {
  private static final int BATCH = 400;

  /// Batches that are written at once.
  private static final int WRITERS = 4;

  private static final int SAY_EVERY = 100_000;

  private final Documents documents;
  private final Builds builds;
  private final ProfileReader people;
  private final Rows rows;
  private final boolean profiles;
  private final Consumer<String> log;

  Fill(Platform platform, Rows rows, boolean profiles, Consumer<String> log) {
    this.documents = platform.documents();
    this.builds = new Builds(platform);
    this.people = new ProfileReader(platform);
    this.rows = rows;
    this.profiles = profiles;
    this.log = log;
  }

  private Board board() {
    return new Board(
        rows.board(),
        "Benchmark",
        new Ranking(Order.DESC, Operator.SET, Order.DESC, 0),
        new Schedule(List.of(PeriodKind.ALL_TIME), null, "Etc/UTC"),
        Set.of(),
        // Its scores come without a session.
        new Limits(0, Ranking.UNITS_MAX, 256, null, false, null, false),
        Rewards.NONE,
        Board.VISIBLE_TOP_MAX,
        SessionRules.NONE,
        BoardStatus.OPEN,
        Instant.EPOCH,
        Instant.EPOCH,
        Map.of(),
        Map.of());
  }

  /// Writes the board and what its players have to Firestore.
  void writeDocuments() {
    try (ExecutorService writers = Executors.newFixedThreadPool(WRITERS)) {
      List<Future<?>> batches =
          IntStream.iterate(0, from -> from < rows.count(), from -> from + BATCH)
              .<Future<?>>mapToObj(from -> writers.submit(() -> write(from)))
              .toList();
      for (Future<?> batch : batches) {
        batch.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("The board could not be filled", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the board was filled", e);
    }
    // Last, or the tasks of every minute would look at a board that is not full.
    documents.set(BoardStore.path(rows.board()), BoardStore.fields(board()));
  }

  private void write(int from) {
    int to = Math.min(rows.count(), from + BATCH);
    documents.batch(writes ->
        rows.players(from, to)
            .forEach(player ->
                writes.set(
                    PlayerStore.path(player.board(), player.uid()), PlayerStore.fields(player))));
    if (profiles) {
      Instant written =
          documents.batch(writes ->
              IntStream.range(from, to)
                  .forEach(index -> writes.set("users/" + Rows.uid(index), Rows.profile(index))));
      IntStream.range(from, to).forEach(index -> keep(index, written));
    }
    if (to / SAY_EVERY > from / SAY_EVERY) {
      log.accept(String.format("%,d rows", to / SAY_EVERY * SAY_EVERY));
    }
  }

  /// Names are in Redis, as they are in a game that runs: looked at within a day.
  private void keep(int index, Instant written) {
    var document = Document.of("users/" + Rows.uid(index), Rows.profile(index), written);
    people.keep(new Uid(document.id()), ProfileReader.parse(document), document.version());
  }

  /// Builds the ranks in Redis from the rows themselves, which the Firestore emulator takes long to
  /// find.
  void buildRanks() {
    Board board = board();
    Period period = Periods.current(board, PeriodKind.ALL_TIME, Instant.EPOCH);
    Builds.Build build =
        builds
            .begin(board, period)
            .orElseThrow(() -> new IllegalStateException("Somebody else builds the ranks"));
    for (int from = 0; from < rows.count(); from += BATCH) {
      List<PlayerBoard> page = rows.players(from, Math.min(rows.count(), from + BATCH)).toList();
      if (!builds.add(build, page)) {
        throw new IllegalStateException("Somebody began to build the ranks anew");
      }
    }
    builds.finish(build);
  }

  /// Forgets the ranks, so that the next who asks has them built from Firestore.
  void forgetRanks() {
    Board board = board();
    builds.drop(board, Periods.current(board, PeriodKind.ALL_TIME, Instant.EPOCH));
  }
}
