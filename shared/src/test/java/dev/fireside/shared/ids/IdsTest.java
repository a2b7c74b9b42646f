package dev.fireside.shared.ids;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.TestClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class IdsTest {
  private final TestClock clock = TestClock.atNoon();
  private final Ids ids = new Ids(clock);

  @Test
  void idsOfOneMillisecondDifferAndGrow() {
    List<String> three = List.of(ids.next(), ids.next(), ids.next());

    assertThat(three).isSorted().doesNotHaveDuplicates();
    assertThat(three).allMatch(Ids::isUlid);
    assertThat(three).extracting(Ids::instantOf).containsOnly(clock.instant());
  }

  @Test
  void laterIdsSortAfterEarlierOnes() {
    String earlier = ids.next();
    clock.advance(Duration.ofMillis(1));

    assertThat(ids.next()).isGreaterThan(earlier);
  }

  @Test
  void idsDoNotGoBackWithTheClock() {
    String earlier = ids.next();
    clock.advance(Duration.ofHours(-1));

    assertThat(ids.next()).isGreaterThan(earlier);
  }

  @Test
  void manyThreadsNeverGetTheSameId() {
    var shared = new Ids(Clock.systemUTC());

    Set<String> made =
        IntStream.range(0, 20_000)
            .parallel()
            .mapToObj(i -> shared.next())
            .collect(Collectors.toCollection(HashSet::new));

    assertThat(made).hasSize(20_000);
  }

  @Test
  void twoProcessesDoNotMakeTheSameIds() {
    assertThat(ids.next()).isNotEqualTo(new Ids(clock).next());
  }

  @Test
  void aDocumentNameStartsWithTheRandomPartAndTurnsBack() {
    String id = ids.next();
    String name = Ids.documentName(id);

    assertThat(name).hasSize(Ids.LENGTH).startsWith(id.substring(10)).endsWith(id.substring(0, 10));
    assertThat(Ids.fromDocumentName(name)).isEqualTo(id);
  }

  @Test
  void theLowestIdOfAnInstantSortsBetweenItsNeighbours() {
    String before = ids.next();
    clock.advance(Duration.ofMillis(1));
    String lowest = Ids.lowest(clock.instant());

    assertThat(lowest).isGreaterThan(before).isLessThan(ids.next());
    assertThat(Ids.instantOf(lowest)).isEqualTo(clock.instant());
  }

  @Test
  void refusesWhatIsNoUlid() {
    String id = ids.next();

    assertThat(
            Stream.of(
                "",
                id.toLowerCase(java.util.Locale.ROOT),
                id.substring(1),
                id + "0",
                "8" + id.substring(1),
                "I" + id.substring(1),
                id.substring(1) + "U",
                id.substring(1) + "/"))
        .noneMatch(Ids::isUlid);
    assertThat(Ids.isUlid("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")).isTrue();
    assertThat(Ids.instantOf("00000000000000000000000000")).isEqualTo(Instant.EPOCH);
  }
}
