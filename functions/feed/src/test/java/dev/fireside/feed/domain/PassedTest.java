package dev.fireside.feed.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PassedTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final String OLD = id(0, "0A1");
  private static final String NEW = id(9, "0A2");

  @Test
  void knowsThePostsThatMayComeAgain() {
    String text = Passed.parse(id(8, "000")).after(id(5, "000"), List.of(NEW, OLD), before(5));

    Passed passed = Passed.parse(text);
    assertThat(passed.position()).isEqualTo(id(5, "000"));
    assertThat(passed.contains()).accepts(OLD).rejects(NEW, id(0, "0A2"), id(1, "0A1"));
    assertThat(passed.after(id(-1, "000"), List.of(), before(-1))).isEqualTo(id(-1, "000"));
    assertThat(passed.after(null, List.of(), id -> true)).isNull();
  }

  @Test
  void knowsNothingAtTheStart() {
    assertThat(Passed.parse(null).position()).isNull();
    assertThat(Passed.parse("s:x:20").position()).isEqualTo("s:x:20");
    assertThat(Passed.parse("s:x:20").contains()).rejects(OLD);
  }

  @Test
  void keepsTheLatest() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < Passed.MAX + 10; i++) {
      ids.add(id(i, "0A0"));
    }

    Passed passed = Passed.parse(Passed.parse(null).after("p", ids, id -> true));

    assertThat(passed.marks()).hasSize(Passed.MAX);
    assertThat(ids.stream().filter(passed.contains())).isEqualTo(ids.subList(10, ids.size()));
  }

  private static Predicate<String> before(int second) {
    return id -> id.compareTo(id(second, "000")) < 0;
  }

  private static String id(int second, String end) {
    return Ids.lowest(NOON.plusSeconds(second)).substring(0, 23) + end;
  }
}
