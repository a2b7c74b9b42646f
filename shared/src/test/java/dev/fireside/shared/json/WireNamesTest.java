package dev.fireside.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WireNamesTest {
  enum Verdict {
    FINE,
    NOT_THE_SUM {
      @Override
      public String toString() {
        return "has a class of its own";
      }
    },
    TOO_FAST
  }

  @Test
  void areLowerCaseWithHyphensInTheOrderOfTheConstants() {
    assertThat(WireNames.all(Verdict.class)).containsExactly("fine", "not-the-sum", "too-fast");
    assertThat(WireNames.of(Verdict.NOT_THE_SUM)).isEqualTo("not-the-sum");
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void leadBackToTheirConstants(Verdict verdict) {
    assertThat(WireNames.parse(Verdict.class, WireNames.of(verdict))).isEqualTo(verdict);
    assertThat(WireNames.find(Verdict.class, WireNames.of(verdict))).contains(verdict);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FINE", "NOT_THE_SUM", "not_the_sum", " fine", "other"})
  void areExact(String name) {
    assertThat(WireNames.find(Verdict.class, name)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WireNames.parse(Verdict.class, name))
        .withMessageContaining("Verdict");
  }
}
