package dev.fireside.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Row;
import dev.fireside.play.store.Builds;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Redis;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Ranks are right or unknown, whatever of Redis is lost, and cost the same on boards of any size.
class LostRanksIT {
  private static final List<String> KEYS =
      List.of("state", "g", "players", "meta", "c:SE", "c:NO", "asked");

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().topics("leaderboards-rebuild");

  private final Players players = new Players(fireside);
  private final Ranks ranks = new Ranks(fireside.platform());
  private final Builds builds = new Builds(fireside.platform());
  private final Board board = Boards.board("race", Operator.BEST, PeriodKind.ALL_TIME);
  private final Period period = Periods.current(board, PeriodKind.ALL_TIME, Boards.NOON);

  @BeforeEach
  void noon() {
    fireside.clock().set(Boards.NOON);
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private void lose(String name) {
    redis()
        .call(
            client -> client.del("leaderboard:{" + board.id() + "}:" + period.key() + ":" + name));
  }

  private static Redis redis() {
    return fireside.platform().redis();
  }

  private List<Supplier<RankAnswer>> reads() {
    var ann = new Uid("ann");
    Row position = new Row(ann, 9, 0, 0, null, null);
    List<Uid> some = List.of(ann, new Uid("cid"));
    return List.of(
        () -> ranks.page(board, period, null, 1, 10, null),
        () -> ranks.page(board, period, "SE", 1, 10, null),
        () -> ranks.after(board, period, null, position, 10, null),
        () -> ranks.before(board, period, "NO", position, 10, ann),
        () -> ranks.around(board, period, null, ann, 3, null),
        () -> ranks.several(board, period, null, some, null),
        () -> ranks.pageAmong(board, period, some, 1, 10, null));
  }

  @Test
  void answersRightWhicheverKeyIsLost() {
    players.store(board);
    players.submit(board, "ann", 10, 0, "SE", "k1");
    players.submit(board, "bob", 20, 0, "NO", "k2");
    players.submit(board, "cid", 15, 0, "SE", "k3");
    List<RankAnswer> right = reads().stream().map(Supplier::get).toList();
    assertThat(right).allMatch(RankAnswer::ready);

    for (String key : KEYS) {
      for (int read = 0; read < reads().size(); read++) {
        lose(key);
        // Whoever was not the one to rebuild learns nothing for a moment.
        RankAnswer answer = reads().get(read).get();
        if (answer.ready()) {
          assertThat(answer).as("read " + read + " without " + key).isEqualTo(right.get(read));
        }
        lose("asked");
      }
      assertThat(reads().stream().map(Supplier::get).toList()).as(key).isEqualTo(right);
      lose(key);
      // A score comes first: the same as the player has.
      ScoreReply reply = players.submit(board, "ann", 10);
      if (!reply.rebuilding()) {
        assertThat(reply.periods().getFirst().rank().after()).as(key).isEqualTo(3);
      }
      lose("asked");
      assertThat(reads().stream().map(Supplier::get).toList()).as(key).isEqualTo(right);
    }
  }

  @Test
  void answersRightOrNothingWhileEverythingIsLostInTheMiddleOfTraffic() {
    players.store(board);
    List<String> leaders = IntStream.range(0, 20).mapToObj(i -> "leader" + i).toList();
    IntStream.range(0, 20).forEach(i -> players.submit(board, leaders.get(i), 1_000 - i));
    var over = new AtomicBoolean();
    List<Boolean> sawRanks =
        Calls.atOnce(
            6,
            worker -> {
              boolean saw = false;
              for (int round = 0; worker > 0 ? !over.get() : round < 12; round++) {
                switch (worker) {
                  case 0 -> {
                    fireside.flushRedis();
                    IntStream.range(0, 5).forEach(i -> players.submit(board, "slow" + i, i));
                  }
                  case 1, 2 -> {
                    // All below the leaders.
                    ScoreReply reply = players.submit(board, "runner" + worker, round % 500);
                    if (!reply.rebuilding()) {
                      assertThat(reply.periods().getFirst().rank().after()).isGreaterThan(20);
                    }
                  }
                  default -> {
                    RankAnswer answer = ranks.page(board, period, null, 1, 20, null);
                    if (answer.ready()) {
                      saw = true;
                      assertThat(answer.rows())
                          .extracting(row -> row.row().uid().value())
                          .isEqualTo(leaders);
                    }
                  }
                }
              }
              if (worker == 0) {
                over.set(true);
              }
              return saw;
            });

    assertThat(sawRanks).contains(true);
    lose("asked");
    List<Row> documents =
        new PlayerStore(fireside.platform())
            .ofPeriod(board.id(), period.key(), null, 100).stream()
                .map(player -> player.entry(period.key()).row(player.uid()))
                .sorted(board.ranking().rows())
                .toList();
    assertThat(ranks.page(board, period, null, 1, 100, null).rows())
        .extracting(row -> row.row())
        .isEqualTo(documents);
  }

  @Test
  void buildsLargePeriodsByMessages() {
    players.store(board);
    for (int page = 0; page < 3; page++) {
      int first = page * 400;
      players
          .documents()
          .batch(batch ->
              IntStream.range(first, first + 400)
                  .mapToObj(this::player)
                  .forEach(player ->
                      batch.set(
                          PlayerStore.path(board.id(), player.uid()), PlayerStore.fields(player))));
    }
    assertThat(ranks.page(board, period, null, 1, 1, null).ready()).isFalse();
    fireside.settle();
    var rest = fireside.published("leaderboards-rebuild").getFirst();
    assertThat(rest.path("token").asText()).isNotEmpty();

    builds.run(
        new Builds.Request(
            board.id(),
            rest.path("key").asText(),
            rest.path("token").asText(),
            rest.path("after").asText()));

    assertThat(ranks.page(board, period, null, 1, 1, null).entries()).isEqualTo(1_200);
    // The same message once more finds everything done.
    builds.run(new Builds.Request(board.id(), period.key(), null, null));
    assertThat(ranks.page(board, period, null, 1, 1, null).entries()).isEqualTo(1_200);
  }

  private PlayerBoard player(int number) {
    var entry =
        new dev.fireside.play.domain.Entry(
            number, 0, 1_000, null, 1, false, true, number % 2 == 0 ? "SE" : "NO");
    return PlayerBoard.none(board.id(), new Uid("p" + number))
        .with(period.key(), entry)
        .revised(1_000);
  }

  @Test
  void buildsSettledPeriodsFromTheirChunks() {
    Board daily = Boards.board("daily", Operator.BEST, PeriodKind.DAILY);
    Period day = Periods.current(daily, PeriodKind.DAILY, Boards.NOON);
    Board settled = players.store(daily.settledThrough(PeriodKind.DAILY, day.end()));
    var chunks = new ChunkStore(fireside.platform());
    List<Row> rows =
        IntStream.range(0, 700)
            .mapToObj(i -> new Row(new Uid("p" + i), 700 - i, 0, i, "{\"n\":" + i + "}", "SE"))
            .toList();
    chunks.write(daily.id(), day.key(), 0, rows.subList(0, 500));
    chunks.write(daily.id(), day.key(), 1, rows.subList(500, 700));
    assertThat(chunks.read(daily.id(), day.key(), 1)).isEqualTo(rows.subList(500, 700));
    var record = new PeriodRecord(day, PeriodState.SETTLED, 0, 700, 2, 0, Boards.NOON, null);
    players.documents().set(PeriodStore.path(daily.id(), day.key()), PeriodStore.fields(record));
    assertThat(
            players
                .documents()
                .get(PeriodStore.path(daily.id(), day.key()))
                .map(PeriodStore::parse))
        .contains(record);

    builds.run(new Builds.Request(daily.id(), day.key(), null, null));
    RankAnswer around = ranks.around(settled, day, null, new Uid("p600"), 3, null);

    assertThat(around.entries()).isEqualTo(700);
    assertThat(around.rows()).extracting(row -> row.rank()).containsExactly(600L, 601L, 602L);
    assertThat(around.rows().get(1).row()).isEqualTo(rows.get(600));
    Long life = redis().call(client -> client.ttl("leaderboard:{daily}:" + day.key() + ":g"));
    assertThat(life).isBetween(7 * 86_400L, 8 * 86_400L);
    // What was built while it was open is not taken for the final ranks.
    ranks.drop(settled, day);
    Builds.Build open = builds.begin(daily, day).orElseThrow();
    builds.finish(open);
    assertThat(ranks.page(daily, day, null, 1, 1, null).ready()).isTrue();
    assertThat(ranks.page(settled, day, null, 1, 1, null).ready()).isFalse();
  }

  @Test
  void answersNothingWhileRedisIsAway() {
    players.store(board);
    players.submit(board, "ann", 10);
    fireside.killRedis();
    try {
      assertThat(reads().stream().map(Supplier::get)).noneMatch(RankAnswer::ready);
      ScoreReply reply = players.submit(board, "ann", 20);
      assertThat(reply.rebuilding()).isTrue();
      assertThat(reply.periods().getFirst().rank()).isNull();
      assertThat(reply.periods().getFirst().score()).isEqualByComparingTo("20");
    } finally {
      fireside.restartRedis();
    }
    assertThat(ranks.page(board, period, null, 1, 10, null).rows().getFirst().row().score())
        .isEqualTo(20);
  }

  @Test
  void costsTheSameOnBoardsOfAnySize() {
    Board small = Boards.board("small", Operator.BEST, PeriodKind.ALL_TIME);
    Board large = Boards.board("large", Operator.BEST, PeriodKind.ALL_TIME);
    fill(small, 1_000);
    fill(large, 100_000);

    for (Board each : List.of(small, large)) {
      ranks.page(each, period, null, 1, 100, null);
    }
    assertThat(cost(large)).isEqualTo(cost(small));
  }

  private void fill(Board target, int size) {
    Builds.Build build = builds.begin(target, period).orElseThrow();
    List<Row> rows =
        LongStream.range(0, size)
            .mapToObj(i -> new Row(new Uid("p" + i), i * 7 % size, i % 3, i, null, "SE"))
            .toList();
    for (int from = 0; from < size; from += 20_000) {
      builds.addRows(build, rows.subList(from, Math.min(size, from + 20_000)), false);
    }
    assertThat(builds.finish(build)).isTrue();
    assertThat(ranks.page(target, period, null, size, 1, null).rows()).hasSize(1);
  }

  /// Commands of the server by name, for the top, the middle, and one player's rank.
  private Map<String, Long> cost(Board target) {
    Map<String, Long> before = commands();
    ranks.page(target, period, null, 1, 100, null);
    ranks.around(target, period, null, new Uid("p500"), 100, null);
    ranks.several(target, period, null, List.of(new Uid("p999")), null);
    Map<String, Long> after = commands();
    after.replaceAll((name, calls) -> calls - before.getOrDefault(name, 0L));
    after.values().removeIf(calls -> calls == 0);
    after.keySet().removeIf(name -> name.contains("info"));
    return after;
  }

  private static Map<String, Long> commands() {
    var commands = new java.util.TreeMap<String, Long>();
    String stats = redis().call(client -> client.info("commandstats"));
    Arrays.stream(stats.split("\r\n", -1))
        .filter(line -> line.startsWith("cmdstat_"))
        .forEach(line ->
            commands.put(
                line.substring(8, line.indexOf(':')),
                Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(',')))));
    return commands;
  }
}
