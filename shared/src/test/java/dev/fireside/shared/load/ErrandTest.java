package dev.fireside.shared.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.fireside.shared.telemetry.Trace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ErrandTest {
  private static final Duration LONG = Duration.ofHours(1);

  @Test
  void whatNobodyBoundIsARequestWithoutAnEnd() {
    assertThat(Errand.current().share()).isEqualTo(Share.REQUESTS);
    assertThat(Errand.current().isGivenUp()).isFalse();
    assertThat(Errand.current().remaining(LONG)).isEqualTo(LONG);
  }

  @Test
  void aPartEndsWithTheWholeAtTheLatest() {
    Errand soon = Errand.request().within(Duration.ofMinutes(1));

    assertThat(soon.within(LONG).remaining(LONG)).isLessThanOrEqualTo(Duration.ofMinutes(1));
    assertThat(soon.within(Duration.ZERO).isGivenUp()).isTrue();
    assertThat(soon.isGivenUp()).isFalse();
    assertThatExceptionOfType(GivenUpException.class).isThrownBy(soon.within(Duration.ZERO)::check);
  }

  @Test
  void whoeverWatchesHearsOnceThatItWasGivenUp() {
    Errand errand = Errand.request();
    var heard = new AtomicInteger();
    errand.within(LONG).onGivenUp(heard::incrementAndGet);
    errand.onGivenUp(heard::incrementAndGet).close();

    errand.giveUp();
    errand.giveUp();

    assertThat(heard).hasValue(1);
    assertThat(errand.within(LONG).isGivenUp()).isTrue();
    errand.onGivenUp(heard::incrementAndGet);
    assertThat(heard).hasValue(2);
  }

  @Test
  void whatIsToBeFinishedIsNotGivenUpWithItsCaller() {
    Errand errand = Errand.request().within(LONG);
    errand.giveUp();

    assertThatNoException().isThrownBy(errand.regardless()::check);
    assertThat(errand.regardless().remaining(LONG.multipliedBy(2))).isLessThanOrEqualTo(LONG);
  }

  @Test
  void whoHelpsIsOnTheSameErrandAndTrace() {
    Trace trace = Trace.from(null, null);
    Errand event = Errand.event();

    List<String> seen =
        ScopedValue.where(Trace.CURRENT, trace)
            .call(() ->
                event.get(() ->
                    Together.each(
                        List.of(1, 2, 3),
                        2,
                        number ->
                            number
                                + " "
                                + Errand.current().equals(event)
                                + " "
                                + Trace.current().orElseThrow().traceId())));

    assertThat(seen)
        .containsExactly(
            "1 true " + trace.traceId(), "2 true " + trace.traceId(), "3 true " + trace.traceId());
  }

  @Test
  void whatOneOfManyThrowsIsThrown() {
    assertThatExceptionOfType(GivenUpException.class)
        .isThrownBy(() ->
            Together.each(
                List.of(1, 2),
                2,
                number -> {
                  Errand.request().within(Duration.ZERO).check();
                  return number;
                }));
  }
}
