package dev.fireside.games.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.play.domain.GameEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventLogTest {
  @Test
  void readsWhatItWrites() {
    var events =
        List.of(
            new GameEvent(7, 0, "start", null, null),
            new GameEvent(
                8, 1_500, "Größe \"8\" 🎮", -12L, "{\"x\":1.5,\"deep\":{\"list\":[1,null]}}"),
            new GameEvent(9, 1_500, "kill", 9_007_199_254_740_991L, "{}"));
    assertThat(EventLog.unpacked(EventLog.packed(events))).isEqualTo(events);
    assertThat(EventLog.unpacked(EventLog.packed(List.of()))).isEmpty();
  }
}
