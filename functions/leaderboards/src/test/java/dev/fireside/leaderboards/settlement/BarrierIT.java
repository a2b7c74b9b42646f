package dev.fireside.leaderboards.settlement;

import static dev.fireside.leaderboards.settlement.Season.every;
import static dev.fireside.leaderboards.settlement.Season.gold;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.SubmitScore;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What players see and do while a period ends.
class BarrierIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .entryPoints("leaderboards-settle", "leaderboards-settle-more")
          .topics("leaderboards-rebuild");

  private static final Instant MADE = Instant.parse("2026-11-20T09:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
  private static final String FRIDAY = "daily-2026-11-20";
  private static final String SATURDAY = "daily-2026-11-21";
  private static final int THREADS = 6;
  private static final BoardId RACE = new BoardId("race");

  private final Season season = new Season(fireside);

  @BeforeEach
  void begin() {
    fireside.resetData();
    season.currency();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aScoreThatComesWhileItsPeriodIsClosedIsInExactlyOnePeriod(boolean counted) throws Exception {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 10_000, 1));
    if (counted) {
      season.documents().update("leaderboards/race", Map.of("maxSize", 10_000L));
    }
    fireside.clock().stopAt(MIDNIGHT.minusMillis(1));
    var taken = new ConcurrentHashMap<String, String>();
    var number = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var ended = new AtomicInteger();
      List<Future<?>> players = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        players.add(executor.submit(() -> play(taken, number, () -> ended.get() == 1)));
      }
      until(() -> taken.size() > 40);
      // The clocks of those who play are behind: nothing but the barrier keeps them out.
      settleByAClockThatIsAhead();
      int settled = taken.size();
      until(() -> taken.size() > settled + 20);
      ended.set(1);
      for (Future<?> player : players) {
        player.get();
      }
    }

    assertThat(taken).containsValue(FRIDAY).containsValue(SATURDAY);
    List<String> ranked = season.uids("race", FRIDAY);
    assertThat(ranked).doesNotHaveDuplicates();
    taken.forEach((uid, period) -> {
      assertThat(ranked.contains(uid)).as(uid).isEqualTo(period.equals(FRIDAY));
      assertThat(season.player("race", uid).orElseThrow().entry(SATURDAY).scored())
          .as(uid)
          .isEqualTo(period.equals(SATURDAY));
      assertThat(season.gold(uid)).as(uid).isEqualTo(period.equals(FRIDAY) ? 1 : 0);
    });
    assertThat(ranked).hasSize((int) taken.values().stream().filter(FRIDAY::equals).count());
  }

  private static void settleByAClockThatIsAhead() {
    try (var ahead =
        new Platform(fireside.platform().config(), Clock.fixed(MIDNIGHT, ZoneOffset.UTC))) {
      assertThat(Settlement.on(ahead).settle(null)).isTrue();
    }
  }

  private void play(Map<String, String> taken, AtomicInteger number, BooleanSupplier ended) {
    while (!ended.getAsBoolean()) {
      int i = number.incrementAndGet();
      String uid = "p%04d".formatted(i);
      taken.put(uid, submit(uid, i % 17).periods().getFirst().key());
    }
  }

  private SubmitScore.Committed submit(String uid, long score) {
    var submitScore = new SubmitScore(fireside.platform());
    while (true) {
      try {
        return submitScore.commit(
            RACE,
            new Uid(uid),
            _ ->
                new Submission(
                    new FinalScore(score, 0, null),
                    null,
                    "run-" + uid,
                    MIDNIGHT.plus(Duration.ofDays(1))));
      } catch (StoreUnavailableException e) {
        // As a client would: the same submission again, it counts once.
      }
    }
  }

  private static void until(BooleanSupplier condition) {
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(condition::getAsBoolean);
  }

  @Test
  void aFrozenPeriodShowsTheRanksThatWereShownJustBefore() {
    season.board("race", every(PeriodKind.DAILY), MADE);
    for (int i = 0; i < 40; i++) {
      season.entry(
          "race",
          FRIDAY,
          "p%02d".formatted(i),
          new Entry(
              i % 5,
              i % 3,
              1_000 + i % 2,
              i % 4 == 0 ? "{\"i\":" + i + "}" : null,
              1,
              false,
              true,
              i % 2 == 0 ? "SE" : null));
    }
    fireside.clock().stopAt(MIDNIGHT);
    RankAnswer before = shown();
    assertThat(before.entries()).isEqualTo(40);

    season.tick();
    assertThat(shown()).isEqualTo(before);
    fireside.flushRedis();
    assertThat(shown()).isEqualTo(before);

    // The next score takes the old entry out of the player's document.
    submit("p07", 3);
    assertThat(season.player("race", "p07").orElseThrow().entries()).containsOnlyKeys(SATURDAY);
    fireside.flushRedis();
    assertThat(shown()).isEqualTo(before);
  }

  private RankAnswer shown() {
    var ranks = new Ranks(fireside.platform());
    Period friday = Periods.parse(season.board("race"), FRIDAY).orElseThrow();
    return Awaitility.await()
        .atMost(Duration.ofSeconds(10))
        .until(
            () -> ranks.page(season.board("race"), friday, null, 1, 100, null), RankAnswer::ready);
  }
}
