package dev.fireside.games.sessions;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.fireside.play.domain.GameEvent;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An event as it is answered.
record EventView(
    long seq,
    long at,
    String type,
    @Nullable BigDecimal points,
    @JsonRawValue @Nullable String data) {

  static EventView of(GameEvent event, int decimals) {
    Long points = event.points();
    return new EventView(
        event.seq(),
        event.at(),
        event.type(),
        points == null ? null : SessionView.number(points, decimals),
        event.data());
  }
}
