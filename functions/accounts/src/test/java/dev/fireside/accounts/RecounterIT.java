package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.store.Counted;
import dev.fireside.social.store.Recounter;
import dev.fireside.social.store.Totals;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// [Recounter] belongs to `social`, which has no local cloud; this is its first user.
class RecounterIT {
  private static final String BOX = "boxes/one";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("accounts");

  private final AtomicInteger counted = new AtomicInteger();
  private Recounter recounter;

  @BeforeEach
  void putABox() {
    fireside.platform().documents().set(BOX, Map.of("label", "things"));
    recounter = new Recounter(fireside.platform());
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void writesWhatWasCountedAndWhen() {
    Instant changed = addThing("a");

    recount(recounter, changed);

    var box = fireside.platform().documents().get(BOX).orElseThrow();
    assertThat(box.fields().map("counts").number("things")).isOne();
    assertThat(box.fields().map("countedAt").instant("things").orElseThrow())
        .isAfterOrEqualTo(changed);
    assertThat(box.fields().text("label")).contains("things");
  }

  @Test
  void coversManyChangesWithFewCounts() {
    Calls.atOnce(
        100,
        i -> {
          recount(recounter, addThing("t" + i));
          return true;
        });

    assertThat(things()).isEqualTo(100);
    assertThat(counted.get()).isLessThan(30);
  }

  @Test
  void coversChangesOfSeveralProcesses() {
    var processes = Stream.generate(() -> new Recounter(fireside.platform())).limit(4).toList();

    Calls.atOnce(
        100,
        i -> {
          recount(processes.get(i % 4), addThing("t" + i));
          return true;
        });

    assertThat(things()).isEqualTo(100);
    assertThat(counted.get()).isLessThan(30);
  }

  @Test
  void sparesTheCountForAChangeThatWasCountedLongSince() {
    Instant longSince = addThing("a").minusSeconds(5);
    recount(recounter, longSince);

    recount(new Recounter(fireside.platform()), longSince);

    assertThat(counted).hasValue(1);
  }

  @Test
  void neverReplacesANewerCountByAnOlderOne() {
    addThing("a");
    var counting = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    Instant changed = Instant.now();
    var slow =
        CompletableFuture.runAsync(() ->
            recounter.recount(
                BOX,
                "things",
                changed,
                () -> {
                  Totals old = count();
                  counting.countDown();
                  await(goOn);
                  return old;
                }));
    await(counting);
    Instant later = addThing("b");
    // Redis lost its turn, so another process counts beside the slow one.
    fireside.flushRedis();
    recount(new Recounter(fireside.platform()), later);
    goOn.countDown();
    slow.join();

    assertThat(things()).isEqualTo(2);
  }

  @Test
  void tellsAllWhoWaitedThatTheirCountFailedAndCountsAgainWhenAsked() {
    Instant changed = addThing("a");

    assertThatThrownBy(() ->
            recounter.recount(
                BOX,
                "things",
                changed,
                () -> {
                  throw new IllegalStateException("count failed");
                }))
        .hasMessage("count failed");
    recount(new Recounter(fireside.platform()), changed);

    assertThat(things()).isOne();
  }

  @Test
  void restsByHowMuchWasCountedNotByHowLongItTook() {
    Instant changed = addThing("a");
    recounter.recount(
        BOX,
        "things",
        changed,
        () -> {
          // A store that takes its time.
          for (int i = 0; i < 150; i++) {
            count();
          }
          return count();
        });
    assertThat(restMillis("things")).isBetween(1L, 1_000L);

    recounter.recount(
        BOX, "stars", changed, () -> new Totals(Instant.now(), 1_000_000, box -> Map.of()));
    assertThat(restMillis("stars")).isBetween(5_000L, 15_000L);
  }

  private static long restMillis(String name) {
    String turn = "recount:{" + BOX + "#" + name + "}:turn";
    return fireside.platform().redis().call(client -> client.pttl(turn));
  }

  @Test
  void writesNothingWhereThereIsNoDocument() {
    fireside.platform().documents().delete(BOX);

    recount(recounter, addThing("a"));

    assertThat(fireside.platform().documents().get(BOX)).isEmpty();
  }

  @Test
  void countsWithoutRedisToo() {
    fireside.killRedis();
    try {
      Calls.atOnce(
          20,
          i -> {
            recount(recounter, addThing("t" + i));
            return true;
          });
      assertThat(things()).isEqualTo(20);
      assertThat(counted.get()).isLessThanOrEqualTo(20);
    } finally {
      fireside.restartRedis();
    }
  }

  private void recount(Recounter process, Instant changed) {
    Supplier<Totals> count =
        () -> {
          counted.incrementAndGet();
          return count();
        };
    process.recount(BOX, "things", changed, count);
  }

  private Totals count() {
    var documents = fireside.platform().documents();
    Counted things = documents.count(documents.collection("things"));
    return Totals.of("counts.things", things);
  }

  private Instant addThing(String name) {
    return fireside.platform().documents().set("things/" + name, Map.of("name", name));
  }

  private long things() {
    return fireside
        .platform()
        .documents()
        .get(BOX)
        .orElseThrow()
        .fields()
        .map("counts")
        .number("things");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
