package dev.fireside.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HandleTest {
  @ParameterizedTest
  @CsvSource({"ann,ann", "@Ann_A,ann_a", "＠ａｎｎ,ann", "' @a.b.c ',a.b.c", "ＡＮＮ９,ann9", "@@ann,@ann"})
  void bringsAllWaysToWriteItIntoOneForm(String written, String normal) {
    assertThat(Handle.normalised(written)).isEqualTo(normal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ann", "a_b", "a.b", "x9x", "_ann_", "123", "abcdefghijklmnopqrstuvwxyz1234"})
  void takesWhatPeopleAreCalled(String handle) {
    assertThat(Handle.fault(handle)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ab",
        "abcdefghijklmnopqrstuvwxyz12345",
        ".ann",
        "ann.",
        "a..b",
        "a b",
        "a-b",
        "änn",
        "ann\n",
        "аnn",
        "___",
        "_._",
        "Ann",
        "a@b"
      })
  void refusesWhatIsNoHandle(String handle) {
    assertThat(Handle.fault(handle)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"admin", "api", "fireside", "support", "root", "null", "ad.min", "_admin_"})
  void refusesReservedNamesHoweverTheyAreSeparated(String handle) {
    assertThat(Handle.fault(handle)).isEqualTo("is reserved");
  }

  @Test
  void findsWhoClaimedANameBeforeItWasReserved() {
    assertThat(Handle.of("@admin")).contains(new Handle("admin"));
  }

  @Test
  void cannotBeMadeOfAnything() {
    assertThat(Handle.of("a/b")).isEmpty();
    assertThat(Handle.of("@")).isEmpty();
    assertThatThrownBy(() -> new Handle("a/b")).isInstanceOf(IllegalArgumentException.class);
  }
}
