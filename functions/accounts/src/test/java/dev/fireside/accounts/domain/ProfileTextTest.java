package dev.fireside.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"Ann", "Zoë", "李小龍", "محمد", "👩‍👩‍👧", "é", "-"})
  void takesNamesOfTheWholeWorld(String name) {
    assertThat(ProfileText.nameFault(name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\nb", "a\tb", "a\u2028b", "abc\u202Efed", "a\u2066b"})
  void refusesNamesThatBreakOrTurnText(String name) {
    assertThat(ProfileText.nameFault(name)).isNotNull();
  }
}
