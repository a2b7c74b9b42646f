package dev.fireside.shared.lists;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PartTest {
  private static Part<Integer> part(int size, IntPredicate shown, int limit, String after) {
    return Part.fill(
        limit,
        after,
        (position, count) -> {
          int from = position == null ? 0 : Integer.parseInt(position) + 1;
          return IntStream.range(from, Math.min(size, from + count)).boxed().toList();
        },
        String::valueOf,
        entries -> entries.stream().filter(shown::test).toList(),
        String::valueOf);
  }

  private static List<Integer> all(int size, IntPredicate shown, int limit) {
    var items = new ArrayList<Integer>();
    String after = null;
    do {
      Part<Integer> part = part(size, shown, limit, after);
      assertThat(part.items()).hasSizeLessThanOrEqualTo(limit);
      items.addAll(part.items());
      after = part.next();
    } while (after != null);
    return items;
  }

  @Test
  void hasNoNextExactlyWhenNothingMoreIsShown() {
    assertThat(part(4, i -> true, 4, null).next()).isNull();
    assertThat(part(5, i -> true, 4, null).next()).isEqualTo("3");
    // Only hidden entries are left.
    assertThat(part(9, i -> i < 4, 4, null)).isEqualTo(new Part<>(List.of(0, 1, 2, 3), null));
    assertThat(part(0, i -> true, 4, null)).isEqualTo(new Part<>(List.of(), null));
  }

  @Test
  void fillsUpWhileEntriesAreHidden() {
    assertThat(part(100, i -> i % 10 == 9, 3, null).items()).containsExactly(9, 19, 29);
  }

  @Test
  void walksEverythingOnceWhateverTheSizeAndWhateverIsHidden() {
    for (int limit : List.of(1, 2, 3, 7, 100)) {
      for (int every : List.of(1, 2, 5, 400)) {
        assertThat(all(900, i -> i % every == 0, limit))
            .isEqualTo(IntStream.range(0, 900).filter(i -> i % every == 0).boxed().toList());
      }
    }
  }

  @Test
  void givesUpOnAPartButNotOnTheListWhenTooMuchIsHidden() {
    Part<Integer> part = part(100_000, i -> i == 99_999, 10, null);

    assertThat(part.items()).isEmpty();
    assertThat(part.next()).isNotNull();
    assertThat(all(5_000, i -> i == 4_999, 10)).containsExactly(4_999);
  }

  @Test
  void isTheLastWhenItIsExactlyFull() {
    assertThat(Part.of(List.of(1, 2), 2, String::valueOf))
        .isEqualTo(new Part<>(List.of(1, 2), null));
    assertThat(Part.of(List.of(), 2, String::valueOf)).isEqualTo(new Part<>(List.of(), null));
  }

  @Test
  void goesOnAfterItsLastThingWhenThereIsOneMore() {
    assertThat(Part.of(List.of(1, 2, 3), 2, String::valueOf))
        .isEqualTo(new Part<>(List.of(1, 2), "2"));
  }

  @Test
  void goesOnWhereItDidWhateverBecomesOfItsThings() {
    Part<Integer> part = Part.of(List.of(1, 2, 3), 2, String::valueOf);
    assertThat(part.filter(number -> number > 1).map(number -> number * 10))
        .isEqualTo(new Part<>(List.of(20), "2"));
  }
}
