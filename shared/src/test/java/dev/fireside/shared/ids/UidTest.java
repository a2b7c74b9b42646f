package dev.fireside.shared.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UidTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "Zy0-_9", "_a_", "_a__", "a__", "kJx93mQpTfW2"})
  void takesLettersDigitsDashesAndUnderscores(String text) {
    assertThat(new Uid(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", "a b", "a:b", "a/b", "ä", "a.b", "__a__", "__a", "____", "a\n", "..", "*"
      })
  void refusesWhatCannotBeJoinedOrNamed(String text) {
    assertThat(Uid.isValid(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> new Uid(text));
  }

  @Test
  void takesAtMost128Characters() {
    assertThat(Uid.isValid("a".repeat(128))).isTrue();
    assertThat(Uid.isValid("a".repeat(129))).isFalse();
  }

  @Test
  void joinsTwoPeopleInOrder() {
    assertThat(new Uid("ann").with(new Uid("bob"))).isEqualTo("ann:bob");
  }

  @Test
  void sortsByText() {
    assertThat(new Uid("ann")).isLessThan(new Uid("bob"));
  }
}
