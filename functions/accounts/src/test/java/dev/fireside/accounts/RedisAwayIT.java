package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisAwayIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Town town = new Town(fireside);

  @Test
  void goesOnFromFirestoreAndLosesNothing() {
    town.people("ann", "bob", "cid");
    town.link("follows", "cid", "bob");
    fireside.settle();
    var ann = town.as("ann");
    assertThat(ann.get("/api/users/me").status()).isEqualTo(200);

    fireside.killRedis();

    assertThat(
            town.as("dee")
                .post("/api/users", Map.of("handle", "dee", "displayName", "Dee"))
                .status())
        .isEqualTo(201);
    assertThat(ann.put("/api/users/bob/follow").status()).isEqualTo(204);
    assertThat(ann.put("/api/users/cid/block").status()).isEqualTo(204);
    assertThat(ann.patch("/api/users/me", Map.of("bio", "Still here")).status()).isEqualTo(200);
    assertThat(ann.get("/api/users/cid").status()).isEqualTo(404);
    assertThat(ann.get("/api/users/bob").body().path("relation").path("follows").asBoolean())
        .isTrue();
    assertThat(ann.pages("/api/users/bob/followers?limit=1", "uid"))
        .containsExactly(List.of("ann"));
    var dee = town.as("dee");
    assertThat(dee.get("/api/users/ann").body().path("bio").asText()).isEqualTo("Still here");
    String cursor = dee.get("/api/users/bob/followers?limit=1").body().path("nextCursor").asText();
    assertThat(cursor).isNotEmpty();

    fireside.restartRedis();
    fireside.settle();

    assertThat(dee.get("/api/users/bob/followers?limit=1&cursor=" + cursor).texts("uid"))
        .containsExactly("cid");
    assertThat(town.follows("ann", "bob")).isTrue();
    assertThat(town.blocked("cid", "ann")).isTrue();
    assertThat(town.count("bob", "followers")).isEqualTo(2);
    assertThat(ann.get("/api/users/cid").status()).isEqualTo(404);
  }
}
