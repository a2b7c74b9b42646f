package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisAwayIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Arena arena = new Arena(fireside);

  @Test
  void tellsScoresWithoutRanksAndNeverAWrongOne() {
    arena.board("race", Map.of("scopes", List.of("country", "friends")));
    arena.person("ann");
    arena.score("race", "ann", Map.of("score", 5, "country", "SE"));
    arena.scores("race", "bob", 7, "cheat", 9);
    arena.moderator().put("/api/leaderboards/race/hidden/cheat");
    arena.scoresOf(arena.anybody(), "race", "");

    fireside.killRedis();

    Reply page = arena.as("ann").get("/api/leaderboards/race/scores");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body().path("rebuilding").asBoolean()).isTrue();
    assertThat(page.body().path("items")).isEmpty();
    assertThat(page.body().has("entries")).isFalse();
    Reply owners = arena.as("ann").get("/api/leaderboards/race/scores?owners=ann,bob,cheat,x");
    assertThat(Arena.rows(owners)).containsExactly("- bob 7", "- ann 5");
    assertThat(owners.body().at("/items/1/displayName").asText()).isEqualTo("Player ann");
    assertThat(Arena.rows(arena.as("cheat").get("/api/leaderboards/race/around/cheat")))
        .containsExactly("- cheat 9");
    assertThat(Arena.rows(arena.as("x").get("/api/leaderboards/race/around/ann?scope=country")))
        .containsExactly("- ann 5");
    assertThat(arena.as("ann").get("/api/leaderboards/race/scores?scope=friends").status())
        .isEqualTo(200);
    Reply own = arena.as("ann").get("/api/leaderboards/me");
    assertThat(own.body().path("rebuilding").asBoolean()).isTrue();
    assertThat(own.body().at("/items/0/periods/0/score").asInt()).isEqualTo(5);
    assertThat(own.body().at("/items/0/periods/0").path("rank").isNull()).isTrue();
    assertThat(arena.as("ann").get("/api/leaderboards/race").body().path("rebuilding").asBoolean())
        .isTrue();
    assertThat(arena.submit("race", "bob", Map.of("score", 8)).status()).isEqualTo(200);
    assertThat(arena.moderator().delete("/api/leaderboards/race/scores/ann").status())
        .isEqualTo(204);
    assertThat(arena.admin().post("/api/leaderboards", Arena.draft("new", Map.of())).status())
        .isEqualTo(201);

    fireside.restartRedis();
    fireside.settle();

    assertThat(Arena.rows(arena.scoresOf(arena.as("ann"), "race", ""))).containsExactly("1 bob 8");
    assertThat(fireside.project().deadLetters()).isEmpty();
  }
}
