package dev.fireside.games.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.games.Bazaar;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisAwayIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Bazaar bazaar = new Bazaar(fireside);

  @Test
  void goesOnFromFirestoreAndLosesNothing() {
    bazaar.stock();
    bazaar.settlePeople("ann", "bob");
    bazaar.give("ann", "potion", 5);
    var ann = bazaar.as("ann").header("Idempotency-Key", "k");
    Map<String, Object> body = Map.of("item", "potion", "count", 2);
    assertThat(bazaar.as("ann").get("/api/inventory").body().path("revision").asInt()).isOne();
    fireside.settle();
    fireside.killRedis();

    assertThat(ann.post("/api/inventory/consume", body).status()).isEqualTo(200);
    assertThat(ann.post("/api/inventory/consume", body).status()).isEqualTo(200);
    assertThat(bazaar.as("ann").get("/api/inventory").body().path("revision").asInt()).isEqualTo(2);
    assertThat(bazaar.as("ann").get("/api/inventory/catalogue").status()).isEqualTo(200);
    assertThat(bazaar.as("ann").get("/api/events").status()).isEqualTo(200);
    assertThat(bazaar.as("ann").get("/api/events/hot-items").status()).isEqualTo(200);
    fireside.restartRedis();
    fireside.settle();

    assertThat(bazaar.as("ann").get("/api/inventory").body().path("revision").asInt()).isEqualTo(2);
    assertThat(bazaar.count("ann", "potion")).isEqualTo(3);
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  @Test
  void letsPlayersHandNothingToEachOtherUnlessToldTo() {
    bazaar.stock();
    bazaar.settlePeople("carl", "dora");
    bazaar.give("carl", "potion", 5);

    var reply =
        bazaar
            .as("carl")
            .post("/api/inventory/transfers", Map.of("to", "dora", "item", "potion", "count", 1));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(bazaar.count("carl", "potion")).isEqualTo(5);
  }
}
