package dev.fireside.shared.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceTest {
  private static final String ID = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void goesOnInTheTraceOfTheCallerWithASpanOfItsOwn() {
    Trace trace = Trace.from("00-" + ID + "-00f067aa0ba902b7-01", null);

    assertThat(trace.traceId()).isEqualTo(ID);
    assertThat(trace.spanId()).matches("[0-9a-f]{16}").isNotEqualTo("00f067aa0ba902b7");
    assertThat(trace.traceparent()).isEqualTo("00-" + ID + "-" + trace.spanId() + "-01");
  }

  @Test
  void readsGooglesHeaderWhereThereIsNoOther() {
    assertThat(Trace.from(null, ID + "/123;o=1").traceId()).isEqualTo(ID);
    assertThat(Trace.from("nonsense", ID).traceId()).isEqualTo(ID);
    assertThat(Trace.from("00-" + "1".repeat(32) + "-00f067aa0ba902b7-00", ID).traceId())
        .isEqualTo("1".repeat(32));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00-" + ID + "-00f067aa0ba902b7",
        "00-" + ID + "x-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "ff-" + ID + "-00f067aa0ba902b7-01",
        "00-" + ID + "-00f067aa0ba902b7-01\r\nX-Evil: 1"
      })
  void startsATraceWhereTheHeadersNameNone(String header) {
    Trace trace = Trace.from(header, header);

    assertThat(trace.traceId()).matches("[0-9a-f]{32}").isNotEqualTo(ID).doesNotMatch("0+");
    assertThat(Trace.from(header, header).traceId()).isNotEqualTo(trace.traceId());
  }

  @Test
  void isThereOnlyWhereItIsBound() {
    Trace trace = Trace.from(null, null);

    assertThat(Trace.current()).isEmpty();
    ScopedValue.where(Trace.CURRENT, trace).run(() -> assertThat(Trace.current()).contains(trace));
  }
}
