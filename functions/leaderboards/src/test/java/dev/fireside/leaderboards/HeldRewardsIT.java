package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Rewards that wait, so that moderators look at the ranks first.
class HeldRewardsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final String SATURDAY = "daily-2026-11-21";
  private static final Map<String, Object> FIRST =
      Map.of("from", 1, "to", 1, "currencies", List.of(Map.of("code", "gold", "amount", 100)));

  private final Arena arena = new Arena(fireside);

  @BeforeEach
  void board() {
    fireside.resetData();
    fireside.clock().set(Arena.NOON);
    arena.documents().set("currencies/gold", Map.of("title", "Gold", "status", "active"));
    arena.board(
        "race",
        Map.of("periods", List.of("daily"), "rewards", List.of(FIRST), "rewardAfter", "P2D"));
    arena.scores("race", "ann", 9, "bob", 7);
  }

  private static void tick(String instant) {
    fireside.clock().set(Instant.parse(instant));
    fireside.fire("leaderboards-settle");
    fireside.settle();
  }

  private long gold(String uid) {
    return arena
        .documents()
        .get("users/" + uid + "/inventory/_head")
        .map(head -> head.fields().map("currencies").number("gold"))
        .orElse(0L);
  }

  private JsonNode period(String key) {
    return StreamSupport.stream(
            arena
                .anybody()
                .get("/api/leaderboards/race/periods?period=daily")
                .body()
                .path("items")
                .spliterator(),
            false)
        .filter(period -> period.path("key").asText().equals(key))
        .findFirst()
        .orElseThrow();
  }

  private Reply edit(Map<String, ?> settings) {
    return arena.admin().patch("/api/leaderboards/race", settings);
  }

  @Test
  void goToWhoIsFirstOnceModeratorsHaveLooked() {
    tick("2026-11-22T00:00:30Z");

    assertThat(period(SATURDAY).path("state").asText()).isEqualTo("closing");
    assertThat(period(SATURDAY).path("rewardsAt").asText()).isEqualTo("2026-11-24T00:00:00Z");
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?at=" + SATURDAY)))
        .containsExactly("1 ann 9", "2 bob 7");
    arena.score("race", "ann", 3);
    assertThat(
            arena
                .moderator()
                .delete("/api/leaderboards/race/scores/ann?period=" + SATURDAY)
                .status())
        .isEqualTo(204);
    tick("2026-11-23T23:59:30Z");
    assertThat(period(SATURDAY).path("state").asText()).isEqualTo("closing");
    assertThat(gold("ann") + gold("bob")).isZero();

    tick("2026-11-24T00:00:30Z");
    tick("2026-11-24T00:01:30Z");

    assertThat(period(SATURDAY).path("state").asText()).isEqualTo("settled");
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?at=" + SATURDAY)))
        .containsExactly("1 bob 7");
    assertThat(gold("bob")).isEqualTo(100);
    assertThat(gold("ann")).isZero();
    tick("2026-11-25T00:00:30Z");
    assertThat(gold("ann")).isEqualTo(100);
  }

  @Test
  void areThoseThatWerePromisedAtTheEnd() {
    tick("2026-11-22T00:00:30Z");
    assertThat(edit(Map.of("rewards", List.of())).status()).isEqualTo(200);

    tick("2026-11-24T00:00:30Z");

    assertThat(gold("ann")).isEqualTo(100);
  }

  @Test
  void waitLongerOrLessLongAsTheBoardSaysInTheMeantime() {
    tick("2026-11-22T00:00:30Z");
    assertThat(edit(Map.of("rewardAfter", "P3D")).body().path("rewardAfter").asText())
        .isEqualTo("PT72H");
    tick("2026-11-24T00:00:30Z");
    assertThat(gold("ann")).isZero();
    assertThat(period(SATURDAY).path("rewardsAt").asText()).isEqualTo("2026-11-25T00:00:00Z");

    assertThat(edit(Map.of("rewardAfter", "PT0S")).status()).isEqualTo(200);
    tick("2026-11-24T00:01:30Z");

    assertThat(gold("ann")).isEqualTo(100);
    assertThat(period(SATURDAY).has("rewardsAt")).isFalse();
    assertThat(period("daily-2026-11-23").path("state").asText()).isEqualTo("settled");
  }

  @Test
  void waitFromTheMomentAnAdminEndsAPeriod() {
    fireside.clock().stopAt(Arena.NOON);
    Reply ended = arena.admin().post("/api/leaderboards/race/periods/" + SATURDAY + "/end");
    assertThat(ended.body().path("rewardsAt").asText()).isEqualTo("2026-11-23T12:00:00Z");
    fireside.clock().advance(Duration.ofMinutes(5));
    fireside.fire("leaderboards-settle");
    fireside.settle();
    tick("2026-11-23T11:59:00Z");
    assertThat(gold("ann")).isZero();

    tick("2026-11-23T12:00:00Z");

    assertThat(gold("ann")).isEqualTo(100);
    assertThat(period(SATURDAY).path("state").asText()).isEqualTo("settled");
  }

  @Test
  void waitFourteenDaysAtMost() {
    for (String wrong : List.of("P15D", "-PT1S", "PT0.5S", "2 days", "P1M", "")) {
      Reply reply = edit(Map.of("rewardAfter", wrong));
      assertThat(reply.status()).as(wrong).isEqualTo(400);
      assertThat(reply.errorFields()).as(wrong).containsExactly("rewardAfter");
    }
    var hourly = Map.of("periods", List.of("cron"), "cron", "0 * * * *", "rewards", List.of(FIRST));
    Reply tooLong =
        arena
            .admin()
            .post("/api/leaderboards", Arena.draft("hours", with(hourly, "rewardAfter", "P2D")));
    assertThat(tooLong.errorFields()).containsExactly("rewardAfter");
    assertThat(
            arena
                .admin()
                .post("/api/leaderboards", Arena.draft("hours", with(hourly, "rewardAfter", "P1D")))
                .status())
        .isEqualTo(201);
  }

  private static Map<String, Object> with(Map<String, Object> settings, String name, Object value) {
    var all = new HashMap<>(settings);
    all.put(name, value);
    return all;
  }
}
