package dev.fireside.posts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SliceTest {
  private static Slice<Integer> slice(int size, IntPredicate shown, int limit, String after) {
    return Slice.fill(
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
      Slice<Integer> slice = slice(size, shown, limit, after);
      assertThat(slice.items()).hasSizeLessThanOrEqualTo(limit);
      items.addAll(slice.items());
      after = slice.next();
    } while (after != null);
    return items;
  }

  @Test
  void hasNoNextExactlyWhenNothingMoreIsShown() {
    assertThat(slice(4, i -> true, 4, null).next()).isNull();
    assertThat(slice(5, i -> true, 4, null).next()).isEqualTo("3");
    // Only hidden entries are left.
    assertThat(slice(9, i -> i < 4, 4, null)).isEqualTo(new Slice<>(List.of(0, 1, 2, 3), null));
    assertThat(slice(0, i -> true, 4, null)).isEqualTo(new Slice<>(List.of(), null));
  }

  @Test
  void fillsUpWhileEntriesAreHidden() {
    assertThat(slice(100, i -> i % 10 == 9, 3, null).items()).containsExactly(9, 19, 29);
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
  void givesUpOnASliceButNotOnTheListWhenTooMuchIsHidden() {
    Slice<Integer> slice = slice(100_000, i -> i == 99_999, 10, null);

    assertThat(slice.items()).isEmpty();
    assertThat(slice.next()).isNotNull();
    assertThat(all(5_000, i -> i == 4_999, 10)).containsExactly(4_999);
  }
}
