package dev.fireside.leaderboards.settlement;

import static dev.fireside.leaderboards.settlement.Season.every;
import static dev.fireside.leaderboards.settlement.Season.gold;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.leaderboards.settlement.DyingFirestore.Death;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.leaderboards.store.TakenOverException;
import dev.fireside.leaderboards.store.Work;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.play.domain.Row;
import dev.fireside.play.store.ChunkStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Settlement by processes that end at any call, or sleep in the middle of it.
class KilledIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().entryPoints("leaderboards-settle", "leaderboards-settle-more");

  private static final Instant MADE = Instant.parse("2026-11-20T09:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
  private static final String FRIDAY = "daily-2026-11-20";
  private static final String SATURDAY = "daily-2026-11-21";

  /// Its own log would report every death.
  private static final Logger LOG = Logger.getLogger(SettleBoards.class.getName());

  private final Season season = new Season(fireside);

  @BeforeAll
  static void hush() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void speak() {
    LOG.setLevel(null);
  }

  @BeforeEach
  void begin() {
    fireside.resetData();
    season.currency();
    fireside.clock().stopAt(MIDNIGHT);
  }

  private void race() {
    season.board("race", every(PeriodKind.DAILY), MADE, gold(1, 1, 100), gold(2, 2, 10));
    season.entry("race", FRIDAY, "ann", 5);
    season.entry("race", FRIDAY, "bob", new Entry(7, 0, 30, "{\"run\":1}", 1, false, true, null));
    season.entry("race", FRIDAY, "cleo", 1);
  }

  @ParameterizedTest
  @EnumSource(Death.class)
  void whereverAProcessEndsTheNextOneSettlesOnce(Death death) {
    int last = 0;
    boolean died = true;
    while (died) {
      last++;
      begin();
      race();

      died = settledByOneThatDies(last, death);
      // Whoever is killed is waited for a while.
      fireside.clock().advance(SettlementStore.LEASE);
      season.tick();

      assertSettled("killed " + death + " call " + last);
    }
    // Otherwise it was not the settlement that was killed.
    assertThat(last).isGreaterThan(death == Death.BEFORE ? 20 : 7);
  }

  @ParameterizedTest
  @EnumSource(Death.class)
  void aDayOfDowntimeAcrossTwoResetsCostsNobodyAReward(Death death) {
    int last = 0;
    boolean died = true;
    while (died) {
      last++;
      begin();
      race();
      season.entry("race", SATURDAY, "cleo", 9);
      season.entry("race", SATURDAY, "ann", 8);
      fireside.clock().advance(Duration.ofHours(36));

      died = settledByOneThatDies(last, death);
      fireside.clock().advance(SettlementStore.LEASE);
      season.tick();

      String description = "killed " + death + " call " + last;
      assertThat(Stream.of(FRIDAY, SATURDAY).map(key -> season.uids("race", key)))
          .as(description)
          .containsExactly(List.of("bob", "ann", "cleo"), List.of("cleo", "ann"));
      assertThat(Stream.of("ann", "bob", "cleo").map(season::gold))
          .as(description)
          .containsExactly(20L, 100L, 100L);
      assertThat(Stream.of("ann", "bob", "cleo").mapToInt(season::operations).sum())
          .as(description)
          .isEqualTo(4);
    }
    assertThat(last).isGreaterThan(death == Death.BEFORE ? 40 : 14);
  }

  /// Returns whether it came as far as the call that it dies at.
  private static boolean settledByOneThatDies(int last, Death death) {
    Config config = fireside.platform().config();
    try (var firestore =
            new DyingFirestore(Objects.requireNonNull(config.firestoreEmulator()), last, death);
        var platform = new Platform(through(config, firestore.host()), fireside.clock())) {
      try {
        Settlement.on(platform).settle(null);
      } catch (RuntimeException e) {
        assertThat(firestore.hasDied()).as("it was killed, and did not just fail").isTrue();
      }
      return firestore.hasDied();
    }
  }

  private static Config through(Config config, String firestoreHost) {
    Map<String, String> variables = new HashMap<>(config.settings());
    variables.put("FIRESTORE_EMULATOR_HOST", firestoreHost);
    return Config.from(variables);
  }

  private void assertSettled(String description) {
    assertThat(season.period("race", FRIDAY).orElseThrow().state())
        .as(description)
        .isEqualTo(PeriodState.SETTLED);
    assertThat(season.rows("race", FRIDAY))
        .as(description)
        .containsExactly(
            new Row(new Uid("bob"), 7, 0, 30, "{\"run\":1}", null),
            new Row(new Uid("ann"), 5, 0, 1_000, null, null),
            new Row(new Uid("cleo"), 1, 0, 1_000, null, null));
    assertThat(Stream.of("ann", "bob", "cleo").map(season::gold))
        .as(description)
        .containsExactly(10L, 100L, 0L);
    assertThat(season.operations("ann") + season.operations("bob")).as(description).isEqualTo(2);
    assertThat(season.board("race").settledThrough())
        .as(description)
        .isEqualTo(Map.of(PeriodKind.DAILY, MIDNIGHT));
  }

  @Test
  void aTickThatComesTooEarlyLeavesThePeriodToItsWorker() {
    race();
    var parts = new SettleBoardsWith(fireside.platform(), 1_000);
    Work work = parts.claim(season.board("race"), FRIDAY);

    fireside.clock().advance(SettlementStore.LEASE.minusSeconds(1));
    season.tick();
    assertThat(season.period("race", FRIDAY).orElseThrow().state()).isEqualTo(PeriodState.CLOSING);
    // Whoever is heard of keeps it.
    parts.store().keep(work, MIDNIGHT);
    fireside.clock().advance(Duration.ofSeconds(30));
    season.tick();
    assertThat(season.period("race", FRIDAY).orElseThrow().state()).isEqualTo(PeriodState.CLOSING);

    fireside.clock().advance(SettlementStore.LEASE);
    season.tick();
    assertSettled("later");
  }

  @Test
  void aWorkerThatSleptWritesNothingOverTheWorkOfTheNext() {
    race();
    var parts = new SettleBoardsWith(fireside.platform(), 1_000);
    Work sleeper = parts.claim(season.board("race"), FRIDAY);
    fireside.clock().advance(SettlementStore.LEASE);
    Work next = parts.freezeOnly("race", FRIDAY);
    assertThat(next.owner()).isNotEqualTo(sleeper.owner());

    var wrong = new Row(new Uid("cleo"), 99, 0, 1, null, null);
    assertThatExceptionOfType(TakenOverException.class)
        .isThrownBy(() -> parts.store().write(sleeper, 0, List.of(List.of(wrong))));
    assertThatExceptionOfType(TakenOverException.class)
        .isThrownBy(() -> parts.store().freeze(sleeper, 0, List.of(List.of(wrong)), 1));
    assertThatExceptionOfType(TakenOverException.class)
        .isThrownBy(() -> parts.store().settle(sleeper));

    fireside.clock().advance(SettlementStore.LEASE);
    season.tick();
    assertThatExceptionOfType(TakenOverException.class)
        .isThrownBy(() -> parts.store().rewarded(next, 1));
    assertSettled("by a third one");
  }

  @Test
  void aProcessThatFailsLetsTheNextTickGoOnAtOnce() {
    race();
    var parts = new SettleBoardsWith(fireside.platform(), 1_000);
    parts.freezeOnly("race", FRIDAY);
    String chunk = ChunkStore.path(new BoardId("race"), FRIDAY, 0);
    var rows = season.documents().get(chunk).orElseThrow().fields().values();
    season.documents().delete(chunk);
    fireside.clock().advance(SettlementStore.LEASE);
    assertThat(parts.settle()).isFalse();

    season.documents().set(chunk, rows);
    season.tick();

    assertSettled("at once");
  }
}
