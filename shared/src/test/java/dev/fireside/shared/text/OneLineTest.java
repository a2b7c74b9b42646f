package dev.fireside.shared.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
  @ParameterizedTest
  @ValueSource(strings = {"Ann", "Zoë", "李小龍", "محمد", "👩‍👩‍👧", "é", "-"})
  void takesNamesOfTheWholeWorld(String name) {
    assertThat(OneLine.fault(name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\tb", "a\u2028b", "abc\u202Efed", "a\u2066b"})
  void refusesNamesThatBreakOrTurnText(String name) {
    assertThat(OneLine.fault(name)).isNotNull();
  }
}
