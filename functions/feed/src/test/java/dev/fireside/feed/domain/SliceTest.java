package dev.fireside.feed.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SliceTest {
  private static final Uid ADA = new Uid("ada");

  @Test
  void mergesListsNewestFirstWithEachPostOnce() {
    Slice merged = Slice.merge(List.of(whole("D", "B"), whole("C", "B", "A")));

    assertThat(ids(merged)).containsExactly("D", "C", "B", "A");
    assertThat(merged.floor()).isNull();
  }

  @Test
  void isCompleteOnlyDownToTheHighestFloorOfTheMerged() {
    Slice merged = Slice.merge(List.of(cut("C", "F", "C"), cut("A", "E", "B", "A"), whole("D")));

    assertThat(ids(merged)).containsExactly("F", "E", "D", "C");
    assertThat(merged.floor()).isEqualTo("C");
  }

  @Test
  void anEmptyCutListHidesWhatIsBelowItsFloor() {
    Slice merged = Slice.merge(List.of(cut("E"), whole("F", "D")));

    assertThat(ids(merged)).containsExactly("F");
    assertThat(merged.floor()).isEqualTo("E");
  }

  @Test
  void theNewestOfMoreGoOnBelowTheLastOfThem() {
    assertThat(whole("C", "B", "A").newest(2)).isEqualTo(cut("B", "C", "B"));
    assertThat(whole("C", "B").newest(2)).isEqualTo(whole("C", "B"));
  }

  @Test
  void positionsAreExclusive() {
    assertThat(ids(whole("C", "B", "A").below("B"))).containsExactly("A");
    assertThat(ids(whole("C").below(null))).containsExactly("C");
  }

  @Test
  void saysNothingAboutWhatIsBelowItsFloor() {
    assertThat(cut("C", "D", "C").covers("D")).isTrue();
    assertThat(cut("C", "D", "C").covers("C")).isFalse();
    assertThat(cut("C", "D", "C").covers(null)).isTrue();
    assertThat(whole("D").covers("A")).isTrue();
  }

  private static Slice whole(String... ids) {
    return new Slice(entries(ids), null);
  }

  private static Slice cut(String floor, String... ids) {
    return new Slice(entries(ids), floor);
  }

  private static List<PostEntry> entries(String... ids) {
    return Stream.of(ids).map(id -> new PostEntry(id, ADA, null)).toList();
  }

  private static List<String> ids(Slice slice) {
    return slice.entries().stream().map(PostEntry::id).toList();
  }
}
