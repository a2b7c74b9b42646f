package dev.fireside.play.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.play.Boards;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoringTest {
  private static final Instant NOW = Boards.NOON;
  private static final String ALL = "all-time";

  private Board board = Boards.board("b", Operator.BEST, PeriodKind.ALL_TIME);
  private PlayerBoard player = PlayerBoard.none(new BoardId("b"), new Uid("ann"));
  private Instant now = NOW;
  private long at = 1_000;
  private int keys;

  private Scoring.Verdict submit(long score, long subscore, @Nullable String metadata) {
    return submit(score, subscore, metadata, "key" + keys++);
  }

  private Scoring.Verdict submit(long score, long subscore, @Nullable String metadata, String key) {
    return submit(
        new Submission(
            new FinalScore(score, subscore, metadata), null, key, now.plus(Duration.ofHours(24))));
  }

  private Scoring.Verdict submit(Submission submission) {
    Scoring.Verdict verdict =
        Scoring.submit(board, player, submission, Periods.open(board, now), Map.of(), now, at++);
    if (verdict instanceof Scoring.Accepted accepted) {
      player = accepted.player();
    }
    return verdict;
  }

  private boolean isNewBest(Scoring.Verdict verdict) {
    return verdict instanceof Scoring.Accepted accepted
        && accepted.newBest().getOrDefault(ALL, false);
  }

  private Entry entry() {
    return player.entry(ALL);
  }

  @Test
  void keepsTheBetterRunAsAPairWithItsMetadata() {
    assertThat(isNewBest(submit(10, 5, "{\"run\":1}"))).isTrue();
    assertThat(isNewBest(submit(12, 1, "{\"run\":2}"))).isTrue();
    assertThat(isNewBest(submit(12, 0, "{\"run\":3}"))).isFalse();
    assertThat(isNewBest(submit(11, 9, "{\"run\":4}"))).isFalse();

    assertThat(entry().score()).isEqualTo(12);
    assertThat(entry().subscore()).isOne();
    assertThat(entry().metadata()).isEqualTo("{\"run\":2}");
    assertThat(entry().attempts()).isEqualTo(4);
  }

  @Test
  void keepsTheTimeOfTheFirstOfEqualRuns() {
    submit(7, 0, "{\"run\":1}");
    long first = entry().at();
    assertThat(isNewBest(submit(7, 0, "{\"run\":2}"))).isFalse();

    assertThat(entry().at()).isEqualTo(first);
    assertThat(entry().metadata()).isEqualTo("{\"run\":1}");
  }

  @Test
  void ranksTheSubscoreInItsOwnOrder() {
    board =
        Boards.board(
            "b",
            new Ranking(Order.ASC, Operator.BEST, Order.DESC, 0),
            board.schedule(),
            Limits.DEFAULT);
    submit(50, 1, null);
    assertThat(isNewBest(submit(50, 2, null))).isTrue();
    assertThat(isNewBest(submit(49, 0, null))).isTrue();
    assertThat(isNewBest(submit(51, 9, null))).isFalse();
    assertThat(entry().score()).isEqualTo(49);
  }

  @Test
  void setTakesTheLatestAndKeepsTheTimeOfAnEqualOne() {
    board = Boards.board("b", Operator.SET, PeriodKind.ALL_TIME);
    submit(7, 1, "{\"run\":1}");
    long first = entry().at();
    submit(7, 1, "{\"run\":2}");
    assertThat(entry().at()).isEqualTo(first);
    assertThat(entry().metadata()).isEqualTo("{\"run\":2}");

    assertThat(isNewBest(submit(3, 0, null))).isFalse();
    assertThat(entry().score()).isEqualTo(3);
    assertThat(entry().metadata()).isNull();
    assertThat(entry().at()).isGreaterThan(first);
  }

  @Test
  void addsAndSubtractsWithinTheBoardsBounds() {
    board = Boards.board("b", Operator.INCR, PeriodKind.ALL_TIME);
    submit(Ranking.UNITS_MAX, 3, null);
    assertThat(submit(1, 0, null)).isInstanceOf(Scoring.Refused.class);
    assertThat(entry().score()).isEqualTo(Ranking.UNITS_MAX);
    submit(0, Ranking.UNITS_MAX - 3, null);
    assertThat(submit(0, 1, null))
        .isInstanceOfSatisfying(
            Scoring.Refused.class, refused -> assertThat(refused.field()).isEqualTo("subscore"));

    player = PlayerBoard.none(new BoardId("b"), new Uid("ann"));
    board =
        Boards.board(
            "b",
            new Ranking(Order.ASC, Operator.DECR, Order.ASC, 0),
            board.schedule(),
            Boards.limits(-10, 10, null, false, null));
    submit(10, 1, null);
    assertThat(entry().score()).isEqualTo(-10);
    assertThat(entry().subscore()).isEqualTo(-1);
    assertThat(submit(1, 0, null))
        .isInstanceOfSatisfying(
            Scoring.Refused.class, refused -> assertThat(refused.field()).isEqualTo("score"));
  }

  @Test
  void countsASubmissionOnceWhileItIsRemembered() {
    board = Boards.board("b", Operator.INCR, PeriodKind.ALL_TIME);
    submit(5, 0, null, "same");
    assertThat(submit(5, 0, null, "same")).isInstanceOf(Scoring.Duplicate.class);
    assertThat(entry().score()).isEqualTo(5);

    now = now.plus(Duration.ofHours(24));
    assertThat(submit(5, 0, null, "same")).isInstanceOf(Scoring.Accepted.class);
    assertThat(player.keys()).hasSize(1);
  }

  private Scoring.Verdict keyed(long score, String caller, String key) {
    return submit(
        Submission.keyed(new FinalScore(score, 0, null), null, new Uid(caller), key, now));
  }

  @Test
  void forgetsTheOldestSubmissionForANewOneButNoneOfTheLastQuarterOfAnHour() {
    keyed(1, "ann", "first");
    now = now.plus(Duration.ofMinutes(5));
    for (int i = 1; i < PlayerBoard.KEYS_MAX; i++) {
      keyed(1, "ann", "key" + i);
    }
    now = now.plus(Duration.ofMinutes(9));

    assertThat(keyed(1, "ann", "one more"))
        .isInstanceOfSatisfying(
            Scoring.Refused.class,
            refused -> {
              assertThat(refused.reason()).isEqualTo(Scoring.Reason.TOO_MANY);
              assertThat(refused.delay()).isEqualTo(Duration.ofMinutes(1));
            });
    assertThat(keyed(1, "ann", "first")).isInstanceOf(Scoring.Duplicate.class);
    now = now.plus(Duration.ofMinutes(1));
    assertThat(keyed(1, "ann", "one more")).isInstanceOf(Scoring.Accepted.class);
    assertThat(player.keys()).hasSize(PlayerBoard.KEYS_MAX);
    assertThat(keyed(1, "ann", "key1")).isInstanceOf(Scoring.Duplicate.class);
    assertThat(keyed(1, "ann", "two more")).isInstanceOf(Scoring.Refused.class);
  }

  @Test
  void refusesAnotherScoreWithTheSameKey() {
    submit(5, 1, "{}", "session");
    assertThat(submit(5, 1, "{}", "session")).isInstanceOf(Scoring.Duplicate.class);
    for (Scoring.Verdict other :
        List.of(
            submit(6, 1, "{}", "session"),
            submit(5, 2, "{}", "session"),
            submit(5, 1, null, "session"))) {
      assertThat(other)
          .isInstanceOfSatisfying(
              Scoring.Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(Scoring.Reason.OTHER_SCORE));
    }
    keyed(5, "ann", "key");
    assertThat(keyed(6, "ann", "key"))
        .isInstanceOfSatisfying(
            Scoring.Refused.class,
            refused -> assertThat(refused.reason()).isEqualTo(Scoring.Reason.KEY_REUSED));
    // An admin's keys are not the player's.
    assertThat(keyed(6, "root", "key")).isInstanceOf(Scoring.Accepted.class);
  }

  @Test
  void keepsABestThatIsOutsideOfBoundsSetLater() {
    submit(900, 0, null);
    board =
        Boards.board(
            "b", board.ranking(), board.schedule(), Boards.limits(0, 500, null, false, null));

    assertThat(isNewBest(submit(400, 0, null))).isFalse();
    assertThat(entry().score()).isEqualTo(900);
    assertThat(entry().attempts()).isEqualTo(2);
  }

  @Test
  void limitsAttemptsInTheShortestPeriod() {
    board =
        Boards.board(
            "b",
            board.ranking(),
            new Schedule(List.of(PeriodKind.ALL_TIME, PeriodKind.DAILY), null, "Etc/UTC"),
            Boards.limits(0, 100, null, false, 2));
    submit(1, 0, null);
    submit(2, 0, null);
    assertThat(submit(3, 0, null)).isInstanceOf(Scoring.Refused.class);
    now = now.plus(Duration.ofDays(1));
    assertThat(submit(3, 0, null)).isInstanceOf(Scoring.Accepted.class);
    assertThat(entry().attempts()).isEqualTo(3);
  }

  @Test
  void wantsPlayersToJoinWhereTheBoardSaysSo() {
    board =
        Boards.board("b", board.ranking(), board.schedule(), Boards.limits(0, 100, 2, true, null));
    List<Period> periods = Periods.open(board, now);
    assertThat(submit(1, 0, null)).isInstanceOf(Scoring.Refused.class);

    assertThat(Scoring.join(board, player, "SE", periods, Map.of(ALL, 2L)))
        .isInstanceOf(Scoring.Refused.class);
    Scoring.Verdict joined = Scoring.join(board, player, "SE", periods, Map.of(ALL, 1L));
    player = ((Scoring.Accepted) joined).player();
    assertThat(entry().scored()).isFalse();
    assertThat(Scoring.join(board, player, "SE", periods, Map.of()))
        .isInstanceOf(Scoring.Duplicate.class);
    assertThat(isNewBest(submit(0, 0, null))).isTrue();
    assertThat(entry().country()).isEqualTo("SE");
  }

  @Test
  void countsInThePeriodsThatHaveRoomAndRefusesWhereNoneHas() {
    board =
        Boards.board(
            "b",
            board.ranking(),
            new Schedule(List.of(PeriodKind.DAILY, PeriodKind.ALL_TIME), null, "Etc/UTC"),
            Boards.limits(0, 100, 2, false, 1));
    List<Period> periods = Periods.open(board, now);
    String day = periods.getFirst().key();
    var submission = new Submission(new FinalScore(5, 0, null), null, "key", now.plusSeconds(60));

    assertThat(
            Scoring.submit(board, player, submission, periods, Map.of(day, 1L, ALL, 2L), now, at))
        .isInstanceOfSatisfying(
            Scoring.Accepted.class,
            accepted -> {
              assertThat(accepted.player().entries()).containsOnlyKeys(day);
              assertThat(accepted.newBest()).containsOnlyKeys(day);
            });
    assertThat(
            Scoring.submit(board, player, submission, periods, Map.of(day, 2L, ALL, 2L), now, at))
        .isInstanceOf(Scoring.Refused.class);
  }

  @Test
  void forgetsPeriodsThatAreSettled() {
    board = Boards.board("b", Operator.BEST, PeriodKind.DAILY);
    submit(1, 0, null);
    now = now.plus(Duration.ofDays(1));
    submit(1, 0, null);
    assertThat(player.entries()).hasSize(2);
    board = board.settledThrough(PeriodKind.DAILY, Instant.parse("2026-11-22T00:00:00Z"));
    submit(2, 0, null);
    assertThat(player.entries()).containsOnlyKeys("daily-2026-11-22");
  }

  @Test
  void startsAnewAfterARemovalButKeepsCountingAttempts() {
    submit(9, 0, null);
    player = player.with(ALL, entry().removed());
    assertThat(isNewBest(submit(3, 0, null))).isTrue();
    assertThat(entry().score()).isEqualTo(3);
    assertThat(entry().attempts()).isEqualTo(2);
  }

  @Test
  void takesNothingOnceClosed() {
    board =
        new Board(
            board.id(),
            board.title(),
            board.ranking(),
            board.schedule(),
            board.scopes(),
            board.limits(),
            board.rewards(),
            board.visibleTop(),
            board.rules(),
            BoardStatus.CLOSED,
            board.createdAt(),
            board.updatedAt(),
            board.closedThrough(),
            board.settledThrough());
    assertThat(submit(1, 0, null)).isInstanceOf(Scoring.Refused.class);
  }
}
