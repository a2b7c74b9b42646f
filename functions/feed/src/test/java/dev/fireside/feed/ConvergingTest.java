package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ConvergingTest {
  @Test
  void actsOnceOnWhatStaysSo() {
    var acts = new ArrayList<Boolean>();

    Converging.on(() -> true, acts::add);

    assertThat(acts).containsExactly(true);
  }

  @Test
  void actsAgainOnWhatChangedMeanwhile() {
    Iterator<Boolean> facts = List.of(true, false, false).iterator();
    var acts = new ArrayList<Boolean>();

    Converging.on(facts::next, acts::add);

    assertThat(acts).containsExactly(true, false);
  }

  @Test
  void givesUpOnWhatNeverRests() {
    var fact = new AtomicBoolean();

    assertThatIllegalStateException()
        .isThrownBy(() -> Converging.on(() -> fact.getAndSet(!fact.get()), now -> {}));
  }
}
