package dev.fireside.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Schedule;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.OverloadedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Scores through Firestore and Redis, without the events that heal.
class SubmitScoreIT {
  private static final String ALL = "all-time";
  private static final int PROGRAMS = 200;

  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Players players = new Players(fireside);
  private final Ranks ranks = new Ranks(fireside.platform());
  private final PlayerStore stored = new PlayerStore(fireside.platform());

  @BeforeEach
  void noon() {
    fireside.clock().set(Boards.NOON);
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private Entry entry(Board board, String uid) {
    return stored.get(board.id(), new Uid(uid)).orElseThrow().entry(ALL);
  }

  private List<String> order(Board board, Period period) {
    RankAnswer answer = ranks.page(board, period, null, 1, 100, null);
    assertThat(answer.ready()).isTrue();
    return answer.rows().stream().map(ranked -> ranked.row().uid().value()).toList();
  }

  private List<String> order(Board board) {
    return order(board, Periods.current(board, PeriodKind.ALL_TIME, Boards.NOON));
  }

  @Test
  void tellsOfEveryPeriodWhatTheScoreDid() {
    Board board =
        players.store(Boards.board("race", Operator.BEST, PeriodKind.DAILY, PeriodKind.ALL_TIME));
    players.submit(board, "ann", 10, 0, "SE", "k1");
    players.submit(board, "bob", 20, 0, "NO", "k2");
    fireside.clock().advance(Duration.ofDays(1));
    players.submit(board, "bob", 1, 0, null, "k3");

    ScoreReply reply = players.submit(board, "ann", 8, 0, null, "k4");

    assertThat(reply.duplicate()).isFalse();
    assertThat(reply.rebuilding()).isFalse();
    ScoreReply.InPeriod day = reply.periods().getFirst();
    assertThat(day.period()).isEqualTo("daily");
    assertThat(day.key()).isEqualTo("daily-2026-11-22");
    assertThat(day.endsAt()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(day.newBest()).isTrue();
    assertThat(day.rank()).isEqualTo(new ScoreReply.Places(null, 1L));
    assertThat(day.entries()).isEqualTo(2);
    assertThat(day.country().country()).isEqualTo("SE");
    assertThat(day.country().rank().after()).isOne();
    ScoreReply.InPeriod all = reply.periods().getLast();
    assertThat(all.newBest()).isFalse();
    assertThat(all.score()).isEqualByComparingTo("10");
    assertThat(all.rank()).isEqualTo(new ScoreReply.Places(2L, 2L));
  }

  @Test
  void putsTheFirstToReachAScoreAhead() {
    Board board = players.store(Boards.board("race", Operator.BEST, PeriodKind.ALL_TIME));
    for (String uid : List.of("zoe", "mia", "ann")) {
      players.submit(board, uid, 7);
    }
    assertThat(order(board)).containsExactly("zoe", "mia", "ann");
  }

  @Test
  void keepsTheBestOfManyAtOnce() {
    Board board = players.store(Boards.board("race", Operator.BEST, PeriodKind.ALL_TIME));
    Calls.atOnce(20, i -> players.submit(board, "ann", (i * 7) % 20));
    assertThat(entry(board, "ann").score()).isEqualTo(19);
    assertThat(entry(board, "ann").attempts()).isEqualTo(20);
    assertThat(ranks.page(board, allTime(board), null, 1, 10, null).rows().getFirst().row())
        .isEqualTo(entry(board, "ann").row(new Uid("ann")));
  }

  private static Period allTime(Board board) {
    return Periods.current(board, PeriodKind.ALL_TIME, Boards.NOON);
  }

  @Test
  void countsFiftyCopiesOfOneSubmissionOnce() {
    Board board = players.store(Boards.board("coins", Operator.INCR, PeriodKind.ALL_TIME));
    List<ScoreReply> replies =
        Calls.atOnce(50, _ -> players.submit(board, "ann", 5, 0, null, "same"));

    assertThat(entry(board, "ann").score()).isEqualTo(5);
    assertThat(replies.stream().filter(reply -> !reply.duplicate())).hasSize(1);
    assertThat(replies)
        .allSatisfy(
            reply -> assertThat(reply.periods().getFirst().score()).isEqualByComparingTo("5"));
  }

  @Test
  void countsARetryOnceAlsoWhenRedisWasLost() {
    Board board = players.store(Boards.board("coins", Operator.INCR, PeriodKind.ALL_TIME));
    players.submit(board, "bob", 7);
    players.submit(board, "ann", 5, 0, null, "same");
    fireside.flushRedis();

    ScoreReply retried = players.submit(board, "ann", 5, 0, null, "same");

    assertThat(retried.duplicate()).isTrue();
    assertThat(entry(board, "ann").score()).isEqualTo(5);
    assertThat(retried.periods().getFirst().rank()).isEqualTo(new ScoreReply.Places(2L, 2L));
  }

  @Test
  void costsOneScriptAndOneWriteWhenWarm() {
    Board board =
        players.store(
            Boards.board(
                "race",
                Operator.BEST,
                PeriodKind.DAILY,
                PeriodKind.WEEKLY,
                PeriodKind.MONTHLY,
                PeriodKind.ALL_TIME));
    players.submit(board, "ann", 1);
    var before = fireside.counts();

    players.submit(board, "ann", 2, 0, "SE", "k");

    var cost = fireside.counts().minus(before);
    assertThat(cost.roundTrips()).isOne();
    assertThat(cost.writes()).isOne();
    assertThat(cost.reads()).isEqualTo(2);
  }

  @Test
  void takesNoScoreIntoAPeriodThatIsBeingFrozen() {
    Board board = players.store(Boards.board("race", Operator.BEST, PeriodKind.DAILY));
    players.store(board.closedThrough(PeriodKind.DAILY, Instant.parse("2026-11-22T00:00:00Z")));

    ScoreReply reply = players.submit(board, "ann", 1);

    assertThat(reply.periods().getFirst().key()).isEqualTo("daily-2026-11-22");
  }

  @Test
  void holdsTheBoardShortlyBeforeAPeriodEnds() {
    Board board = players.store(Boards.board("race", Operator.BEST, PeriodKind.DAILY));
    players.submit(board, "ann", 1);
    fireside.clock().set(Instant.parse("2026-11-21T23:59:30Z"));
    var before = fireside.counts();

    assertThat(players.submit(board, "ann", 5).periods().getFirst().rank())
        .isEqualTo(new ScoreReply.Places(1L, 1L));

    var cost = fireside.counts().minus(before);
    // Read once to see how late it is, and once under locks.
    assertThat(cost.reads()).isEqualTo(4);
    assertThat(cost.writes()).isOne();
    players.store(board.closedThrough(PeriodKind.DAILY, Instant.parse("2026-11-22T00:00:00Z")));
    assertThat(players.submit(board, "ann", 2).periods().getFirst().key())
        .isEqualTo("daily-2026-11-22");
  }

  @Test
  void takesSoManyPlayersAndNoMore() {
    Board board =
        players.store(
            Boards.board(
                "small",
                new Ranking(Order.DESC, Operator.BEST, Order.DESC, 0),
                new Schedule(List.of(PeriodKind.ALL_TIME), null, "Etc/UTC"),
                Boards.limits(0, 100, 3, false, null)));
    List<Boolean> taken =
        Calls.atOnce(
            8,
            i -> {
              try {
                players.submit(board, "u" + i, i);
                return true;
              } catch (ProblemException e) {
                return false;
              }
            });

    assertThat(taken.stream().filter(each -> each)).hasSize(3);
    assertThat(order(board)).hasSize(3);
    assertThat(players.documents().get(PeriodStore.path(board.id(), ALL)).orElseThrow().fields())
        .satisfies(fields -> {
          assertThat(fields.number("size")).isEqualTo(3);
          assertThat(fields.text("state")).contains("open");
        });
    // Who is in goes on.
    players.submit(board, order(board).getLast(), 50);
    assertThat(order(board)).hasSize(3);
  }

  @Test
  void takesACrowdThatArrivesAtOnceByFewCommits() {
    Board board = players.store(small(170));
    // What was counted before goes on.
    players
        .documents()
        .set(PeriodStore.path(board.id(), ALL), PeriodStore.sized(allTime(board), 20));
    var here = new Players(fireside);
    var there = new Players(fireside);
    var before = fireside.counts();

    List<Boolean> taken =
        Calls.atOnce(
            200,
            i -> {
              if (i == 100) {
                fireside.flushRedis();
              }
              return isTaken(i % 2 == 0 ? here : there, board, "u" + i);
            });

    assertThat(taken.stream().filter(each -> each)).hasSize(150);
    var cost = fireside.counts().minus(before);
    assertThat(cost.writes()).isBetween(151L, 170L);
    assertThat(size(board)).isEqualTo(170);
    fireside.flushRedis();
    assertThat(order(board)).hasSize(100);
    List<Boolean> last = Calls.atOnce(2, i -> isTaken(here, board, "late" + i));
    assertThat(last).containsOnly(false);
  }

  @Test
  void givesTheLastPlaceToOneOfMany() {
    Board board = players.store(small(1));
    var joinBoard = new JoinBoard(fireside.platform());

    List<Boolean> taken =
        Calls.atOnce(
            50,
            i -> {
              if (i % 2 == 0) {
                return isTaken(players, board, "u" + i);
              }
              try {
                return !joinBoard.join(board.id(), new Uid("u" + i), null).isEmpty();
              } catch (ProblemException e) {
                assertThat(e.type().status()).isEqualTo(409);
                return false;
              }
            });

    assertThat(taken.stream().filter(each -> each)).hasSize(1);
    assertThat(size(board)).isOne();
  }

  @Test
  void countsAPlayerWhoSendsManyFirstScoresAtOnceOnce() {
    Board board = players.store(small(3));
    Calls.atOnce(20, i -> players.submit(board, "u" + i % 2, i));
    assertThat(size(board)).isEqualTo(2);
    assertThat(entry(board, "u1").attempts()).isEqualTo(10);
    assertThat(entry(board, "u1").score()).isEqualTo(19);
  }

  private static Board small(int maxSize) {
    return Boards.board(
        "small",
        new Ranking(Order.DESC, Operator.BEST, Order.DESC, 0),
        new Schedule(List.of(PeriodKind.ALL_TIME), null, "Etc/UTC"),
        Boards.limits(0, 100, maxSize, false, null));
  }

  private static boolean isTaken(Players by, Board board, String uid) {
    while (true) {
      try {
        by.submit(board, uid, 7);
        return true;
      } catch (OverloadedException e) {
        // A cold process: nothing was written, and a client would come again.
      } catch (ProblemException e) {
        assertThat(e.type().status()).isEqualTo(409);
        return false;
      }
    }
  }

  private long size(Board board) {
    return players
        .documents()
        .get(PeriodStore.path(board.id(), ALL))
        .orElseThrow()
        .fields()
        .number("size");
  }

  @Test
  void wantsPlayersToJoinOncePerPeriod() {
    Board board =
        players.store(
            Boards.board(
                "cup",
                new Ranking(Order.DESC, Operator.BEST, Order.DESC, 0),
                new Schedule(List.of(PeriodKind.DAILY), null, "Etc/UTC"),
                Boards.limits(0, 100, 10, true, 1)));
    var joinBoard = new JoinBoard(fireside.platform());
    assertThatThrownBy(() -> players.submit(board, "ann", 1)).hasMessageContaining("Join");
    joinBoard.join(board.id(), new Uid("ann"), "SE");
    joinBoard.join(board.id(), new Uid("ann"), "SE");
    Period day = Periods.current(board, PeriodKind.DAILY, Boards.NOON);
    assertThat(order(board, day)).isEmpty();

    assertThat(players.submit(board, "ann", 1).periods().getFirst().newBest()).isTrue();
    assertThatThrownBy(() -> players.submit(board, "ann", 2)).hasMessageContaining("attempts");
    assertThat(order(board, day)).containsExactly("ann");
  }

  @Test
  void knowsABoardAsItWasWritten() {
    Board board = Boards.board("race", Operator.BEST, PeriodKind.DAILY, PeriodKind.ALL_TIME);
    players.store(board.settledThrough(PeriodKind.DAILY, Boards.NOON));
    var boards = new BoardStore(fireside.platform());
    Board expected = board.settledThrough(PeriodKind.DAILY, Boards.NOON);

    assertThat(boards.read(board.id())).contains(expected);
    assertThat(boards.get(board.id())).contains(expected);
    // From the cache.
    assertThat(boards.get(board.id())).contains(expected);
    assertThat(boards.list(null, 10)).containsExactly(expected);
  }

  @Test
  void answersLikeTheModelThroughFirestoreAlsoWhileRedisIsLost() {
    Calls.atOnce(
        8,
        worker -> {
          for (int seed = worker; seed < PROGRAMS; seed += 8) {
            program(seed);
          }
          return worker;
        });
  }

  private void program(int seed) {
    var random = new Random(seed);
    Operator operator = random.nextBoolean() ? Operator.BEST : Operator.INCR;
    Order order = random.nextBoolean() ? Order.DESC : Order.ASC;
    Board board =
        players.store(
            Boards.board(
                "program-" + seed,
                new Ranking(order, operator, Order.ASC, 0),
                new Schedule(List.of(PeriodKind.ALL_TIME), null, "Etc/UTC"),
                Boards.limits(0, 1_000, null, false, null)));
    var model = new RankModel(order, operator, Order.ASC, 0, 1_000);
    var keys = new ArrayList<String>();
    var sent = new HashMap<String, FinalScore>();
    for (int step = 0; step < 6; step++) {
      String uid = "u" + random.nextInt(4);
      String key = !keys.isEmpty() && random.nextInt(4) == 0 ? keys.getFirst() : "k" + step;
      keys.add(key);
      if (random.nextInt(6) == 0) {
        lose(board, random);
      }
      boolean again = sent.containsKey(uid + key);
      FinalScore given =
          sent.computeIfAbsent(
              uid + key, _ -> new FinalScore(random.nextInt(4), random.nextInt(3), null));
      long score = given.score();
      long subscore = given.subscore();
      ScoreReply reply = players.submit(board, uid, score, subscore, null, key);
      assertThat(reply.duplicate()).as("program " + seed).isEqualTo(again);
      if (!again) {
        model.submit(List.of(ALL), uid, score, subscore, null, null, entry(board, uid).at());
      }
      List<RankModel.Shown> expected = model.ranks(ALL, null, null);
      assertThat(reply.periods().getFirst().rank().after())
          .as("program " + seed)
          .isEqualTo(
              expected.stream()
                  .filter(shown -> shown.uid().equals(uid))
                  .findFirst()
                  .orElseThrow()
                  .rank());
      assertThat(order(board))
          .as("program " + seed)
          .isEqualTo(expected.stream().map(RankModel.Shown::uid).toList());
    }
  }

  /// One of the board's keys is gone.
  private void lose(Board board, Random random) {
    List<String> names = List.of("state", "g", "players");
    String name = names.get(random.nextInt(names.size()));
    fireside
        .platform()
        .redis()
        .call(client -> client.del("leaderboard:{" + board.id() + "}:" + ALL + ":" + name));
  }

  @Test
  void ordersThousandsAsTheirDocumentsSay() {
    Board board = players.store(Boards.board("race", Operator.BEST, PeriodKind.ALL_TIME));
    // More than are built at once, without a message.
    players
        .documents()
        .batch(batch ->
            IntStream.range(0, 499)
                .forEach(i -> {
                  var player =
                      dev.fireside.play.domain.PlayerBoard.none(board.id(), new Uid("p" + i))
                          .with(ALL, new Entry((i * 37) % 499, 0, i, null, 1, false, true, "SE"))
                          .revised(1_000 + i);
                  batch.set(PlayerStore.path(board.id(), player.uid()), PlayerStore.fields(player));
                }));

    RankAnswer top = ranks.page(board, allTime(board), "SE", 1, 3, null);

    assertThat(top.entries()).isEqualTo(499);
    assertThat(top.rows()).extracting(row -> row.row().score()).containsExactly(498L, 497L, 496L);
  }
}
