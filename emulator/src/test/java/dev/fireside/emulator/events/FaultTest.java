package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FaultTest {
  @Test
  void aFunctionsOwnFaultGoesBeforeTheOneOfAll() {
    var faults = new Faults();
    faults.setAll(Fault.duplicate(1));
    faults.set("own", Fault.loseAnswers(2));

    assertThat(faults.of("own")).isEqualTo(Fault.loseAnswers(2));
    assertThat(faults.of("other")).isEqualTo(Fault.duplicate(1));

    faults.clear();
    assertThat(faults.of("own")).isEqualTo(Fault.NONE);
  }

  @Test
  void faultsHaveLimits() {
    assertThatThrownBy(() -> Fault.duplicate(101)).hasMessageContaining("duplicates");
    assertThatThrownBy(() -> Fault.loseAnswers(-1)).hasMessageContaining("failAnswers");
    assertThatThrownBy(() -> Fault.delay(Duration.ofHours(1))).hasMessageContaining("delay");
  }
}
