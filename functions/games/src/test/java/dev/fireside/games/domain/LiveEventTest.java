package dev.fireside.games.domain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.shared.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveEventTest {
  private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant END = Instant.parse("2026-11-22T12:00:00Z");

  private static LiveEvent event(boolean published) {
    var reward = new Bundle(Map.of(new ItemId("potion"), 2L), Map.of(new CurrencyCode("gold"), 7L));
    return new LiveEvent(
        "01J",
        "Hunt",
        "",
        START,
        END,
        List.of(new Tier(10, reward)),
        List.of(new ItemId("sword")),
        new SelfReport(5, 100),
        published);
  }

  @Test
  void isWhereItsTimesSay() {
    var event = event(true);

    assertThat(event.phase(START.minusMillis(1))).isEqualTo(Phase.UPCOMING);
    assertThat(event.phase(START)).isEqualTo(Phase.RUNNING);
    assertThat(event.phase(END.minusMillis(1))).isEqualTo(Phase.RUNNING);
    assertThat(event.phase(END)).isEqualTo(Phase.ENDED);
    assertThat(event.phase(event.claimableUntil())).isEqualTo(Phase.CLOSED);
    assertThat(event(false).phase(END)).isEqualTo(Phase.UPCOMING);
  }

  @Test
  void survivesTheCache() throws JsonProcessingException {
    String json = Json.mapper().writeValueAsString(event(true));

    assertThat(Json.mapper().readValue(json, LiveEvent.class)).isEqualTo(event(true));
  }
}
