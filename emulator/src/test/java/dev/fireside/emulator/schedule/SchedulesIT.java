package dev.fireside.emulator.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.sample.Journal;
import dev.fireside.emulator.sample.Tick;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Jit;
import dev.fireside.shared.manifest.Trigger;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchedulesIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("tick");

  private Journal journal;

  @BeforeEach
  void startEmpty() {
    journal = Journal.of(fireside.platform());
    journal.clear();
  }

  private static Schedules schedules(HttpClient http, LocalClock clock, String cron) {
    return new Schedules(http, fireside.project().baseUrl(), List.of(tick(cron)), clock);
  }

  private static EntryPoint tick(String cron) {
    return new EntryPoint(
        "tick",
        "sample",
        Tick.class.getName(),
        new Trigger.Schedule(cron, ZoneId.of("Europe/Berlin")),
        "512Mi",
        1,
        1,
        0,
        1,
        Duration.ofSeconds(10),
        Jit.C1,
        List.of());
  }

  @Test
  void aScheduleFiresWhenItIsDueInItsTimeZone() {
    var clock = new LocalClock();
    // In July, Berlin is two hours ahead.
    Instant due = Instant.parse("2026-07-01T01:30:00Z");
    clock.set(due.minusMillis(300));
    try (var http = HttpClient.newHttpClient();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      schedules(http, clock, "30 3 * * *").start(executor);

      await().until(() -> !journal.ticks.isEmpty());
      executor.shutdownNow();
    }

    assertThat(journal.ticks).containsExactly(due);
  }

  @Test
  void whatAMovedClockLeavesOutIsFiredOnce() {
    var clock = new LocalClock();
    clock.stopAt(Instant.parse("2026-03-01T10:00:30Z"));
    try (HttpClient http = HttpClient.newHttpClient();
        var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      schedules(http, clock, "* * * * *").start(executor);
      clock.advance(Duration.ofDays(1));

      await().until(() -> !journal.ticks.isEmpty());
      assertThat(journal.ticks).containsExactly(Instant.parse("2026-03-02T10:00:00Z"));
      executor.shutdownNow();
    }
  }

  @Test
  void firingByHandTellsTheTimeOfTheClock() {
    Instant now = Instant.parse("2026-07-01T00:00:00Z");
    fireside.clock().stopAt(now);

    fireside.fire("tick");

    assertThat(journal.ticks).containsExactly(now);
    fireside.clock().reset();
  }

  @Test
  void aScheduleThatIsNoneIsAnError() {
    assertThatThrownBy(() -> fireside.fire("tock"))
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("There is no schedule tock");
  }

  @Test
  void aCronExpressionThatCannotBeReadIsNamed() {
    try (var http = HttpClient.newHttpClient()) {
      assertThatThrownBy(() -> schedules(http, new LocalClock(), "every day"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("The schedule of tick, `every day`, cannot be read");
    }
  }
}
