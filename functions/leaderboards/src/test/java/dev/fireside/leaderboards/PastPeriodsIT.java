package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Periods that have ended, before and after they are settled.
class PastPeriodsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Arena arena = new Arena(fireside);

  @BeforeEach
  void noon() {
    fireside.clock().set(Arena.NOON);
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private Reply page(String query) {
    return arena.scoresOf(arena.as("ann"), "race", query);
  }

  @Test
  void areListedTheLatestFirst() {
    arena.board("race", Map.of("periods", List.of("daily", "weekly", "all-time")));
    arena.score("race", "ann", 5);
    assertThat(list("").body().path("items")).isEmpty();

    fireside.clock().advance(Duration.ofDays(4));
    fireside.fire("leaderboards-settle");
    fireside.settle();

    Reply days = list("?period=daily");
    assertThat(texts(days, "key"))
        .containsExactly(
            "daily-2026-11-24", "daily-2026-11-23", "daily-2026-11-22", "daily-2026-11-21");
    assertThat(texts(days, "state")).containsOnly("settled");
    assertThat(days.body().path("nextReset").asText()).isEqualTo("2026-11-26T00:00:00Z");
    assertThat(days.body().at("/items/3/entries").asInt()).isOne();
    assertThat(days.body().at("/items/3/startsAt").asText()).isEqualTo("2026-11-21T00:00:00Z");
    assertThat(days.body().at("/items/3/endsAt").asText()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(texts(list("?period=weekly"), "key")).containsExactly("weekly-2026-W47");
    assertThat(list("?period=all-time").body().path("items")).isEmpty();
    assertThat(list("?period=monthly").status()).isEqualTo(400);

    Reply all = list("");
    assertThat(texts(all, "key"))
        .containsExactly(
            "daily-2026-11-24",
            "daily-2026-11-23",
            "weekly-2026-W47",
            "daily-2026-11-22",
            "daily-2026-11-21");
    assertThat(all.body().path("nextReset").asText()).isEqualTo("2026-11-26T00:00:00Z");
    for (String kind : List.of("", "&period=daily")) {
      for (int limit = 1; limit < 4; limit++) {
        var keys = new ArrayList<String>();
        String query = "?limit=" + limit + kind;
        Reply reply = list(query);
        keys.addAll(texts(reply, "key"));
        while (reply.body().has("nextCursor")) {
          reply = list(query + Arena.cursor(reply, "nextCursor"));
          keys.addAll(texts(reply, "key"));
        }
        assertThat(keys).isEqualTo(texts(kind.isEmpty() ? all : days, "key"));
      }
    }
  }

  private Reply list(String query) {
    return arena.anybody().get("/api/leaderboards/race/periods" + query);
  }

  private static List<String> texts(Reply reply, String field) {
    return StreamSupport.stream(reply.body().path("items").spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  @Test
  void answerTheSameQueriesOnceTheyAreSettledAndRedisHasLostThem() {
    arena.board(
        "race",
        Map.of("periods", List.of("daily", "all-time"), "scopes", List.of("country", "friends")));
    arena.person("bob");
    arena.follow("ann", "bob");
    for (int i = 0; i < 6; i++) {
      arena.score("race", "p" + i, Map.of("score", 100 - i, "country", i < 3 ? "SE" : "NO"));
    }
    arena.score("race", "ann", Map.of("score", 98, "metadata", Map.of("car", "red")));
    arena.score("race", "bob", Map.of("score", 10));
    fireside.settle();
    Reply before = page("?at=daily-2026-11-21");
    fireside.clock().advance(Duration.ofDays(1));
    fireside.fire("leaderboards-settle");
    fireside.settle();
    assertThat(
            arena
                .ready(arena.as("ann"), "/api/leaderboards/me")
                .body()
                .at("/items/0/periods")
                .findValuesAsText("key"))
        .containsExactly("all-time");
    // Takes the settled entry out of the player's document.
    arena.score("race", "ann", 1);
    fireside.flushRedis();

    Reply after = page("?at=daily-2026-11-21");

    assertThat(after.body().at("/period/state").asText()).isEqualTo("settled");
    assertThat(items(after)).isEqualTo(items(before));
    assertThat(after.body().path("entries").asInt()).isEqualTo(8);
    assertThat(Arena.rows(page("?at=daily-2026-11-21&owners=ann,p5")))
        .containsExactly("4 ann 98", "7 p5 95");
    assertThat(Arena.rows(page("?at=daily-2026-11-21&scope=country&country=SE")))
        .containsExactly("1 p0 100", "2 p1 99", "3 p2 98");
    assertThat(Arena.rows(page("?at=daily-2026-11-21&scope=friends")))
        .containsExactly("1 ann 98", "2 bob 10");
    Reply first = page("?at=daily-2026-11-21&limit=3");
    assertThat(Arena.rows(page("?at=daily-2026-11-21&limit=2" + Arena.cursor(first, "nextCursor"))))
        .containsExactly("4 ann 98", "5 p3 97");
    assertThat(
            Arena.rows(
                arena.ready(
                    arena.as("ann"),
                    "/api/leaderboards/race/around/ann?at=daily-2026-11-21&limit=3")))
        .containsExactly("3 p2 98", "4 ann 98", "5 p3 97");
    assertThat(Arena.rows(page(""))).containsExactly("1 ann 1");
    assertThat(
            arena
                .moderator()
                .delete("/api/leaderboards/race/scores/p0?period=daily-2026-11-21")
                .status())
        .isEqualTo(409);
  }

  private static JsonNode items(Reply reply) {
    return reply.body().path("items");
  }

  @Test
  void followACronExpressionInATimeZone() {
    arena.board(
        "race",
        Map.of("periods", List.of("cron"), "cron", "0 */6 * * *", "timeZone", "Asia/Kolkata"));
    arena.score("race", "ann", 5);
    Reply now = page("");
    // 18:00 in Kolkata is 12:30 UTC.
    assertThat(now.body().at("/period/key").asText()).isEqualTo("cron-2026-11-21T06:30Z");
    assertThat(now.body().path("nextReset").asText()).isEqualTo("2026-11-21T12:30:00Z");

    fireside.clock().advance(Duration.ofHours(1));

    assertThat(Arena.rows(page(""))).isEmpty();
    assertThat(Arena.rows(page("?at=cron-2026-11-21T06:30Z"))).containsExactly("1 ann 5");
    assertThat(texts(list(""), "key")).containsExactly("cron-2026-11-21T06:30Z");
    for (String key :
        List.of(
            "cron-2026-11-21T07:00Z",
            "cron-0000-01-01T00:00Z",
            "cron-1969-12-31T18:30Z",
            "cron-9999-12-31T18:30Z")) {
      for (String route : List.of("scores", "around/ann", "changes")) {
        Reply reply = arena.as("ann").get("/api/leaderboards/race/" + route + "?at=" + key);
        assertThat(reply.status()).as(route + key).isEqualTo(400);
        assertThat(reply.errorFields()).containsExactly("?at");
      }
      assertThat(
              arena.moderator().delete("/api/leaderboards/race/scores/ann?period=" + key).status())
          .as(key)
          .isEqualTo(400);
    }
    for (String instant :
        List.of("0000-01-01T00:00:00Z", "-999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z")) {
      Reply reply = arena.as("ann").get("/api/leaderboards/race/scores?at=" + instant);
      assertThat(reply.status()).as(instant).isEqualTo(400);
      assertThat(reply.errorFields()).containsExactly("?at");
    }
  }

  @Test
  void canBeEndedByAnAdminBeforeTheirTime() {
    arena.board("race", Map.of("periods", List.of("weekly", "all-time")));
    arena.score("race", "ann", 5);
    String end = "/api/leaderboards/race/periods/weekly-2026-W47/end";
    assertThat(arena.moderator().post(end).status()).isEqualTo(403);

    for (int i = 0; i < 2; i++) {
      Reply ended = arena.admin().post(end);
      assertThat(ended.status()).as(ended.toString()).isEqualTo(200);
      assertThat(ended.body().path("state").asText()).isEqualTo("closing");
    }
    arena.score("race", "ann", 3);
    assertThat(page("").body().at("/period/key").asText()).isEqualTo("weekly-2026-W48");
    assertThat(Arena.rows(page("?at=weekly-2026-W47"))).containsExactly("1 ann 5");
    // Not while a score may be on its way.
    fireside.fire("leaderboards-settle");
    assertThat(arena.admin().post(end).body().path("state").asText()).isEqualTo("closing");

    fireside.clock().advance(Duration.ofMinutes(3));
    fireside.fire("leaderboards-settle");
    fireside.settle();

    assertThat(arena.admin().post(end).body().path("state").asText()).isEqualTo("settled");
    assertThat(Arena.rows(page("?at=weekly-2026-W47"))).containsExactly("1 ann 5");
    assertThat(Arena.rows(page(""))).containsExactly("1 ann 3");
    assertThat(texts(list("?period=weekly"), "key")).containsExactly("weekly-2026-W47");
    assertThat(
            arena
                .documents()
                .get("leaderboards/race/periods/weekly-2026-W47")
                .orElseThrow()
                .fields()
                .map("ended")
                .text("by"))
        .contains("root");
    fireside.clock().set(Instant.parse("2026-11-30T00:01:00Z"));
    fireside.fire("leaderboards-settle");
    fireside.settle();
    assertThat(texts(list("?period=weekly"), "key"))
        .containsExactly("weekly-2026-W48", "weekly-2026-W47");
    assertThat(Arena.rows(page("?at=weekly-2026-W48"))).containsExactly("1 ann 3");
    for (String key : List.of("weekly-2026-W50", "daily-2026-11-21", "weekly-2020-W01", "x")) {
      assertThat(arena.admin().post(end.replace("weekly-2026-W47", key)).status())
          .as(key)
          .isEqualTo(404);
    }
    assertThat(arena.admin().post(end.replace("weekly-2026-W47", "all-time")).status())
        .isEqualTo(409);
  }
}
