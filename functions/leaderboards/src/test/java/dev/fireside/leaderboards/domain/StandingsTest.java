package dev.fireside.leaderboards.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fireside.leaderboards.domain.Standings.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StandingsTest {
  private static List<Entry> ordered(Standings standings) {
    return IntStream.range(0, standings.size()).mapToObj(standings::at).toList();
  }

  private static Entry entry(String uid, long score, long subscore, long at) {
    return new Entry(uid, score, subscore, at, null, false);
  }

  @Test
  void ordersByScoreThenSubscoreThenTimeThenUid() {
    var standings = new Standings(true, false);
    standings.add(entry("late", 7, 1, 30));
    standings.add(entry("b", 7, 1, 20));
    standings.add(entry("worse", 7, 2, 10));
    standings.add(entry("a", 7, 1, 20));
    standings.add(entry("best", 9, 5, 40));
    standings.add(entry("below", -3, 0, 1));

    assertThat(ordered(standings))
        .extracting(Entry::uid)
        .containsExactly("best", "a", "b", "late", "worse", "below");
  }

  @Test
  void keepsWhatItIsGiven() {
    var standings = new Standings(false, false);
    var first = new Entry("ann", -5, 2, 1_700_000_000_000_001L, "SE", true);
    var second = new Entry("x".repeat(128), 5, Long.MAX_VALUE, 1, null, false);
    standings.add(second);
    standings.add(first);

    assertThat(ordered(standings)).containsExactly(first, second);
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> standings.at(2));
  }

  @Test
  void mayBeEmptyAndMayGoOnGrowing() {
    var standings = new Standings(true, true);
    assertThat(standings.size()).isZero();
    standings.add(entry("a", 1, 0, 1));
    assertThat(standings.at(0).uid()).isEqualTo("a");
    standings.add(entry("b", 2, 0, 1));
    assertThat(standings.at(0).uid()).isEqualTo("b");
  }

  @Test
  void ordersManyLikeTheLibrary() {
    var random = new Random(7);
    var standings = new Standings(true, false);
    var expected = new ArrayList<Entry>();
    for (int i = 0; i < 20_000; i++) {
      var entry =
          new Entry(
              "player-" + Integer.toString(i, 36),
              random.nextInt(50),
              random.nextInt(20),
              random.nextInt(30),
              i % 3 == 0 ? "DE" : null,
              i % 5 == 0);
      expected.add(entry);
      standings.add(entry);
    }
    expected.sort(
        Comparator.comparingLong(Entry::score)
            .reversed()
            .thenComparingLong(Entry::subscore)
            .thenComparingLong(Entry::at)
            .thenComparing(Entry::uid));

    assertThat(ordered(standings)).isEqualTo(expected);
  }
}
