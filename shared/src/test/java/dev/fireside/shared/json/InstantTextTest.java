package dev.fireside.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstantTextTest {
  private static final int INSTANTS = 20_000;

  @Test
  void writesAndReadsWhatTheJdkDoes() {
    var random = new Random(1);
    for (int i = 0; i < INSTANTS; i++) {
      int unit = new int[] {1_000_000_000, 1_000_000, 1_000, 1}[random.nextInt(4)];
      int nanos = random.nextInt(1_000_000_000 / unit) * unit;
      var instant =
          Instant.ofEpochSecond(random.nextLong(-70_000_000_000L, 260_000_000_000L), nanos);
      assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
      assertThat(InstantText.parse(instant.toString())).isEqualTo(instant);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2024-02-29T12:00:00.5Z",
        "2026-11-21T10:00:00.123456Z",
        "2026-11-21T10:00:00.Z",
        "2026-11-21T24:00:00Z",
        "2016-12-31T23:59:60Z",
        "2026-11-21t10:00:00z",
        "2026-11-21T10:00:00+01:00",
        "-0001-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z"
      })
  void readsWhatTheJdkReads(String text) {
    assertThat(InstantText.parse(text)).isEqualTo(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "1969-12-31T23:59:59.999Z",
        "-0001-01-01T00:00:00Z",
        "+10000-01-01T00:00:00Z",
        "+999999999-12-31T23:59:59Z",
        "-1000000000-01-01T00:00:00Z"
      })
  void findsNoTimeBeyondWhatStoresHold(String text) {
    assertThat(InstantText.find(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999999Z",
        "2026-11-21T10:00:00+01:00"
      })
  void findsTheTimesOfOthers(String text) {
    assertThat(InstantText.find(text)).contains(Instant.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-11-21",
        "2026-11-21T10:00:00",
        "2026-11-21T10:00:00.1234567890Z",
        "2026-13-21T10:00:00Z",
        "2026-02-29T10:00:00Z",
        "2026-11-21T25:00:00Z",
        "2026-11-21T10:60:00Z",
        "2026-11-21T10:00:0xZ",
        "2026-11-21T10:00:00ZZ"
      })
  void refusesWhatTheJdkRefuses(String text) {
    assertThatThrownBy(() -> InstantText.parse(text)).isInstanceOf(DateTimeException.class);
  }
}
