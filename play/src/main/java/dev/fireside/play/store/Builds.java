package dev.fireside.play.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Builds the ranks of a period in Redis from Firestore: from the players' documents, or from the
/// chunks once it is settled. Ranks are unknown until a build is complete; changes that come
/// meanwhile are taken over by revision, in whatever order.
public final class Builds {
  /// The topic of [Request]s.
  public static final String TOPIC = "leaderboards-rebuild";

  /// Settled ranks are kept for so long, then built again when somebody asks.
  private static final Duration FROZEN_KEPT = Duration.ofDays(8);

  private static final Logger log = LoggerFactory.getLogger(Builds.class);

  /// Players of a query, also of a script: what keeps Redis from others for a few milliseconds.
  private static final int PAGE = 500;

  /// Pages of a message; the rest is left to the next one.
  private static final int PAGES_MAX = 200;

  private final Documents documents;
  private final Redis redis;
  private final Topics topics;
  private final Ids ids;
  private final BoardStore boards;
  private final PlayerStore players;
  private final ChunkStore chunks;

  public Builds(Platform platform) {
    this.documents = platform.documents();
    this.redis = platform.redis();
    this.topics = platform.topics();
    this.ids = platform.ids();
    this.boards = new BoardStore(platform);
    this.players = new PlayerStore(platform);
    this.chunks = new ChunkStore(platform);
  }

  /// A message: build a period, or go on with it.
  ///
  /// @param key the period
  /// @param token the build to go on with; null to begin
  /// @param after the last player, or the number of the last chunk, that was taken over; null for
  ///   none
  public record Request(
      BoardId board, String key, @Nullable String token, @Nullable String after) {}

  /// A build that has begun.
  ///
  /// @param board as it was read when it began
  public record Build(Board board, Period period, boolean frozen, String token) {
    String state() {
      return RankScripts.state(board.id(), period.key());
    }
  }

  /// Builds what a message asks for; publishes what is left. Throws what made it fail, and then the
  /// next one may begin at once.
  public void run(Request request) {
    run(request, PAGES_MAX);
  }

  /// Builds a period at once where it is small, and leaves the rest to a message where it is not.
  /// What goes wrong is left to the next who asks.
  void runSmall(Board board, Period period) {
    try {
      run(new Request(board.id(), period.key(), null, null), 1);
    } catch (RuntimeException e) {
      log.warn("Ranks of {} {} could not be built", board.id(), period.key(), e);
    }
  }

  private void run(Request request, int pages) {
    Optional<Board> board = boards.read(request.board());
    Optional<Period> period = board.flatMap(found -> Periods.parse(found, request.key()));
    if (period.isEmpty()) {
      return;
    }
    Optional<Build> build =
        request.token() == null
            ? begin(board.get(), period.get())
            : Optional.of(
                new Build(
                    board.get(),
                    period.get(),
                    board.get().hasSettled(period.get()),
                    request.token()));
    if (build.isEmpty()) {
      return;
    }
    try {
      load(build.get(), request.after(), pages);
    } catch (RuntimeException e) {
      giveUp(build.get(), e);
      throw e;
    }
  }

  private void load(Build build, @Nullable String after, int pages) {
    PeriodRecord record = build.frozen() ? record(build) : null;
    String last = after;
    for (int page = 0; page < pages; page++) {
      Page loaded = build.frozen() ? chunk(build, last, record) : players(build, last);
      if (!loaded.taken()) {
        // Redis lost it, or somebody began anew: who asks next will see.
        return;
      }
      if (loaded.last() == null) {
        complete(build);
        return;
      }
      last = loaded.last();
    }
    topics.publish(
        TOPIC, new Request(build.board().id(), build.period().key(), build.token(), last));
  }

  /// @param taken whether the build still stands
  /// @param last where the next page goes on; null after the last one
  private record Page(boolean taken, @Nullable String last) {}

  private Page players(Build build, @Nullable String after) {
    List<PlayerBoard> page =
        players.ofPeriod(
            build.board().id(), build.period().key(), after == null ? null : new Uid(after), PAGE);
    return new Page(add(build, page), page.size() < PAGE ? null : page.getLast().uid().value());
  }

  private Page chunk(Build build, @Nullable String after, @Nullable PeriodRecord record) {
    int index = after == null ? 0 : Integer.parseInt(after) + 1;
    if (record == null || index >= record.chunks()) {
      return new Page(true, null);
    }
    boolean hidden = (long) index * ChunkStore.ROWS >= record.entries();
    return new Page(
        addRows(build, chunks.read(build.board().id(), build.period().key(), index), hidden),
        index + 1 >= record.chunks() ? null : Integer.toString(index));
  }

  private @Nullable PeriodRecord record(Build build) {
    return documents
        .get(PeriodStore.path(build.board().id(), build.period().key()))
        .map(PeriodStore::parse)
        .orElse(null);
  }

  private void complete(Build build) {
    // Entries of a period that was settled meanwhile may be gone from the players' documents.
    boolean settled =
        boards
            .read(build.board().id())
            .filter(board -> board.hasSettled(build.period()))
            .isPresent();
    if (settled == build.frozen()) {
      finish(build);
    } else {
      drop(build.board(), build.period());
    }
  }

  /// Begins to build a period; empty where its ranks exist or somebody else builds them.
  public Optional<Build> begin(Board board, Period period) {
    var build = new Build(board, period, board.hasSettled(period), ids.next());
    return call(build, "begin", RankScripts.LEASE) ? Optional.of(build) : Optional.empty();
  }

  /// Takes players over.
  ///
  /// @return whether the build still stands
  @CanIgnoreReturnValue
  public boolean add(Build build, List<PlayerBoard> page) {
    return add(
        build,
        page,
        (arguments, player) ->
            RankScripts.add(arguments, 1, build.board(), player, build.period().key()));
  }

  /// Takes rows over, in any order.
  ///
  /// @param hidden whether they are of players whom only they themselves see
  /// @return whether the build still stands
  @CanIgnoreReturnValue
  public boolean addRows(Build build, List<Row> rows, boolean hidden) {
    return add(
        build, rows, (arguments, row) -> RankScripts.add(arguments, build.board(), row, hidden));
  }

  private <T> boolean add(Build build, List<T> items, BiConsumer<List<String>, T> add) {
    var batch = redis.batch();
    var answers = new ArrayList<Supplier<Object>>();
    for (int from = 0; from < items.size(); from += PAGE) {
      List<String> arguments = RankScripts.applying(build.board(), build.token(), false, false);
      items
          .subList(from, Math.min(items.size(), from + PAGE))
          .forEach(item -> add.accept(arguments, item));
      answers.add(
          batch.add(pipeline ->
              pipeline.eval(RankScripts.APPLY.source(), List.of(build.state()), arguments)));
    }
    batch.run();
    return answers.stream().allMatch(answer -> stands(answer.get()));
  }

  private static boolean stands(Object answer) {
    Object status = RankScripts.list(RankScripts.list(answer).getFirst()).getFirst();
    return "building".equals(status) || RankScripts.READY.equals(status);
  }

  /// Makes the ranks known, once everybody was taken over.
  ///
  /// @return false where the build does not stand any more
  @CanIgnoreReturnValue
  public boolean finish(Build build) {
    return call(build, "finish", FROZEN_KEPT);
  }

  private void giveUp(Build build, RuntimeException why) {
    try {
      call(build, "fail", Duration.ZERO);
    } catch (RedisUnavailableException e) {
      // The lease runs out by itself.
      why.addSuppressed(e);
    }
  }

  /// Forgets the ranks of a period, which are then built when somebody asks. Throws
  /// [RedisUnavailableException] while Redis is away.
  public void drop(Board board, Period period) {
    call(new Build(board, period, false, ""), "drop", Duration.ZERO);
  }

  @CanIgnoreReturnValue
  private boolean call(Build build, String operation, Duration life) {
    var arguments = new ArrayList<String>();
    arguments.add(operation);
    arguments.add(build.token());
    arguments.add(RankScripts.flag(build.frozen()));
    arguments.add(Long.toString(life.toMillis()));
    arguments.addAll(RankScripts.countries(build.board()));
    Object done = redis.run(RankScripts.BUILD, List.of(build.state()), arguments);
    return Long.valueOf(1).equals(done);
  }
}
