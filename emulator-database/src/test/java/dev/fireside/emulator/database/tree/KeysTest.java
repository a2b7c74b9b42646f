package dev.fireside.emulator.database.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  /// As `nameCompare` of @firebase/database 1.1.5 sorts them.
  private static final List<String> SORTED =
      List.of(
          "[MIN_NAME]",
          "-2147483648",
          "-1",
          "0",
          "-0",
          "00",
          "1",
          "01",
          "0000000000000000005",
          "9",
          "10",
          "2147483647",
          "-2147483649",
          "-N",
          "1a",
          "2147483648",
          "B",
          "a",
          "b",
          "é",
          "😀",
          "\uffff",
          "[MAX_NAME]");

  @Test
  void areOrderedAsTheSdksOrderThem() {
    List<String> keys = new ArrayList<>(SORTED);
    Collections.shuffle(keys, new Random(1));

    keys.sort(Keys.ORDER);

    assertThat(keys).isEqualTo(SORTED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.b", "$a", "#", "[", "]", "a/b", "a\tb", "\u007f", "\ud83d"})
  void areRefusedWhenForbidden(String key) {
    assertThatThrownBy(() -> Keys.check(key)).isInstanceOf(InvalidDataException.class);
  }

  @Test
  void haveAtMost768BytesOfUtf8() {
    assertThat(Keys.check("é".repeat(384))).hasSize(384);
    assertThatThrownBy(() -> Keys.check("é".repeat(384) + "a"))
        .hasMessageEndingWith("is longer than 768 bytes");
  }
}
