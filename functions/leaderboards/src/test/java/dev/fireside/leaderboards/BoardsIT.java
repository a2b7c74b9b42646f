package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BoardsIT {
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

  @Test
  void areCreatedWithEverySettingAndShownToEverybody() {
    var settings = new HashMap<String, Object>();
    settings.put("order", "asc");
    settings.put("operator", "set");
    settings.put("subscoreOrder", "desc");
    settings.put("decimals", 3);
    settings.put("scoreMin", -1.5);
    settings.put("scoreMax", 900.25);
    settings.put("periods", List.of("daily", "weekly", "monthly", "all-time"));
    settings.put("timeZone", "Europe/Stockholm");
    settings.put("scopes", List.of("country", "friends"));
    settings.put("metadataBytes", 64);
    settings.put("maxSize", 1_000);
    settings.put("joinRequired", true);
    settings.put("attempts", 5);
    settings.put("visibleTop", 10);
    settings.put("session", "required");
    settings.put(
        "rewards",
        List.of(
            Map.of(
                "period",
                "weekly",
                "from",
                1,
                "to",
                3,
                "items",
                List.of(Map.of("item", "crown", "count", 2)),
                "currencies",
                List.of(Map.of("code", "gold", "amount", 100)))));
    settings.put("rules", Map.of("minSeconds", 5, "maxSeconds", 600, "pointsPerSecondMax", 10.5));

    Reply unlisted = arena.admin().post("/api/leaderboards", Arena.draft("race", settings));
    assertThat(unlisted.status()).isEqualTo(400);
    assertThat(unlisted.errorFields()).containsExactly("rewards", "rewards");
    arena.documents().set("items/crown", Map.of("title", "Crown"));
    arena.documents().set("currencies/gold", Map.of("title", "Gold"));

    Reply made = arena.admin().post("/api/leaderboards", Arena.draft("race", settings));

    assertThat(made.status()).as(made.toString()).isEqualTo(201);
    assertThat(made.header("Location")).contains("/api/leaderboards/race");
    JsonNode board = arena.ready(arena.anybody(), "/api/leaderboards/race").body();
    assertThat(board.path("title").asText()).isEqualTo("Board race");
    assertThat(board.path("order").asText()).isEqualTo("asc");
    assertThat(board.path("operator").asText()).isEqualTo("set");
    assertThat(board.path("subscoreOrder").asText()).isEqualTo("desc");
    assertThat(board.path("scoreMin").decimalValue()).isEqualByComparingTo("-1.5");
    assertThat(board.path("scoreMax").decimalValue()).isEqualByComparingTo("900.25");
    assertThat(board.path("timeZone").asText()).isEqualTo("Europe/Stockholm");
    assertThat(board.path("maxSize").asInt()).isEqualTo(1_000);
    assertThat(board.path("attempts").asInt()).isEqualTo(5);
    assertThat(board.path("joinRequired").asBoolean()).isTrue();
    assertThat(board.path("status").asText()).isEqualTo("open");
    assertThat(board.at("/rewards/0/period").asText()).isEqualTo("weekly");
    assertThat(board.at("/rewards/0/currencies/0/amount").asLong()).isEqualTo(100);
    var ghost =
        Map.of(
            "period",
            "weekly",
            "from",
            1,
            "to",
            1,
            "items",
            List.of(Map.of("item", "ghost", "count", 1)));
    Reply edited = arena.admin().patch("/api/leaderboards/race", Map.of("rewards", List.of(ghost)));
    assertThat(edited.status()).isEqualTo(400);
    assertThat(edited.errorFields()).containsExactly("rewards");
    assertThat(board.has("rules")).isFalse();
    assertThat(arena.admin().get("/api/leaderboards/race").body().at("/rules/maxSeconds").asInt())
        .isEqualTo(600);
    assertThat(texts(board.path("current"), "key"))
        .containsExactly("daily-2026-11-21", "weekly-2026-W47", "monthly-2026-11", "all-time");
    // Midnight in Stockholm.
    assertThat(board.path("nextReset").asText()).isEqualTo("2026-11-21T23:00:00Z");
    assertThat(board.at("/current/0/entries").asInt(-1)).isZero();
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  @Test
  void areCreatedOnceHoweverOftenTheyAreSent() {
    var draft = Arena.draft("race", Map.of("attempts", 3));
    assertThat(arena.admin().post("/api/leaderboards", draft).status()).isEqualTo(201);

    assertThat(arena.admin().post("/api/leaderboards", draft).status()).isEqualTo(200);
    Reply other =
        arena.admin().post("/api/leaderboards", Arena.draft("race", Map.of("attempts", 4)));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.errorFields()).containsExactly("id");
  }

  @Test
  void areWrittenByAdminsOnly() {
    arena.board("race");
    var draft = Arena.draft("other", Map.of());

    for (var caller : List.of(arena.as("ann"), arena.moderator())) {
      assertThat(caller.post("/api/leaderboards", draft).status()).isEqualTo(403);
      assertThat(caller.patch("/api/leaderboards/race", Map.of("title", "x")).status())
          .isEqualTo(403);
      assertThat(caller.delete("/api/leaderboards/race").status()).isEqualTo(403);
      assertThat(caller.put("/api/leaderboards/race/closed").status()).isEqualTo(403);
      assertThat(caller.delete("/api/leaderboards/race/closed").status()).isEqualTo(403);
    }
    assertThat(arena.anybody().delete("/api/leaderboards/race").status()).isEqualTo(401);
  }

  @Test
  void areListedInPages() {
    for (String id : List.of("c", "a", "b")) {
      arena.board(id);
    }

    Reply first = arena.anybody().get("/api/leaderboards?limit=2");
    Reply second =
        arena.anybody().get("/api/leaderboards?limit=2" + Arena.cursor(first, "nextCursor"));

    assertThat(texts(first.body().path("items"), "id")).containsExactly("a", "b");
    assertThat(texts(second.body().path("items"), "id")).containsExactly("c");
    assertThat(second.body().has("nextCursor")).isFalse();
    assertThat(first.body().at("/items/0/current/0/key").asText()).isEqualTo("all-time");
  }

  @Test
  void areEditedAndKeepWhatIsNotNamed() {
    arena.board("race", Map.of("attempts", 5, "maxSize", 10, "metadataBytes", 64));
    String edit =
        """
        {"title": "Renamed", "attempts": null, "maxSize": 20, "order": "desc", "id": "race",
         "rules": {"minEvents": 3}}
        """;

    Reply reply = patch("race", edit);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    JsonNode board = arena.admin().get("/api/leaderboards/race").body();
    assertThat(board.path("title").asText()).isEqualTo("Renamed");
    assertThat(board.has("attempts")).isFalse();
    assertThat(board.path("maxSize").asInt()).isEqualTo(20);
    assertThat(board.path("metadataBytes").asInt()).isEqualTo(64);
    assertThat(board.at("/rules/minEvents").asInt()).isEqualTo(3);
    assertThat(patch("none", edit).status()).isEqualTo(404);
    // Friends are ranked without anything that is kept.
    assertThat(patch("race", "{\"scopes\": [\"friends\"]}").body().path("scopes"))
        .extracting(JsonNode::asText)
        .containsExactly("global", "friends");
  }

  /// By hand, for the null in it.
  private Reply patch(String board, String body) {
    return arena
        .admin()
        .raw(
            "PATCH",
            "/api/leaderboards/" + board,
            body.getBytes(StandardCharsets.UTF_8),
            "application/json");
  }

  @Test
  void takeNoScoresWhileClosedAndStayReadable() {
    arena.board("race");
    arena.score("race", "ann", 5);
    assertThat(arena.admin().put("/api/leaderboards/race/closed").status()).isEqualTo(204);
    assertThat(arena.admin().put("/api/leaderboards/race/closed").status()).isEqualTo(204);

    assertThat(arena.submit("race", "bob", Map.of("score", 7)).status()).isEqualTo(409);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", ""))).containsExactly("1 ann 5");
    assertThat(arena.anybody().get("/api/leaderboards/race").body().path("status").asText())
        .isEqualTo("closed");

    assertThat(arena.admin().delete("/api/leaderboards/race/closed").status()).isEqualTo(204);
    arena.score("race", "bob", 7);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "")))
        .containsExactly("1 bob 7", "2 ann 5");
  }

  @Test
  void areUnknownWhereThereIsNone() {
    for (String path :
        List.of("none", "none/scores", "none/around/ann", "none/periods", "Not-An-Id", "%20")) {
      assertThat(arena.as("ann").get("/api/leaderboards/" + path).status()).as(path).isEqualTo(404);
    }
    assertThat(arena.as("ann").post("/api/leaderboards/none/join").status()).isEqualTo(404);
    assertThat(arena.admin().put("/api/leaderboards/none/closed").status()).isEqualTo(404);
    assertThat(arena.moderator().delete("/api/leaderboards/none/scores/ann").status())
        .isEqualTo(404);
    assertThat(arena.moderator().put("/api/leaderboards/none/hidden/ann").status()).isEqualTo(404);
  }

  @Test
  void costNothingToReadAgainWhileTheyHaveNotChanged() {
    arena.board("race");
    Reply first = arena.ready(arena.anybody(), "/api/leaderboards/race");

    Reply again =
        arena
            .anybody()
            .header("If-None-Match", first.header("ETag").orElseThrow())
            .get("/api/leaderboards/race");

    assertThat(again.status()).isEqualTo(304);
  }
}
