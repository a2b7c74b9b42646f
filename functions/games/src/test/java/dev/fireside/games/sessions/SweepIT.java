package dev.fireside.games.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.domain.SessionState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SweepIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Arcade arcade = new Arcade(fireside);

  @Test
  void marksEverySessionThatExpiredAsAbandonedHoweverOftenItRuns() {
    var expired = new ArrayList<String>();
    for (int i = 0; i < 205; i++) {
      expired.add(
          arcade.session("ann", arcade.now().minusSeconds(600), Duration.ofSeconds(300 + i)));
    }
    String open = arcade.session("bob");

    Calls.atOnce(
        3,
        i -> {
          fireside.fire("games-sweep");
          return i;
        });

    assertThat(List.copyOf(expired))
        .allSatisfy(id -> assertThat(arcade.stored(id).state()).isEqualTo(SessionState.ABANDONED));
    var before = arcade.document(expired.getFirst());
    assertThat(before.fields().instant("endedAt")).isPresent();
    assertThat(arcade.stored(open).state()).isEqualTo(SessionState.OPEN);

    fireside.fire("games-sweep");
    assertThat(arcade.document(expired.getFirst())).isEqualTo(before);

    fireside.clock().advance(Duration.ofMinutes(11));
    assertThat(arcade.as("bob").get("/api/games/" + open).body().path("state").asText())
        .isEqualTo("abandoned");
    fireside.fire("games-sweep");
    assertThat(arcade.stored(open).state()).isEqualTo(SessionState.ABANDONED);
  }
}
