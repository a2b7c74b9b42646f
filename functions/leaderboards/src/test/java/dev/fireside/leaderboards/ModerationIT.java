package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.ProfileReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What moderators take away, and joining.
class ModerationIT {
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

  private List<String> seenBy(String uid) {
    return Arena.rows(arena.scoresOf(arena.as(uid), "race", ""));
  }

  private long entriesFor(String uid) {
    return arena.scoresOf(arena.as(uid), "race", "").body().path("entries").asLong();
  }

  @Test
  void hidesAPlayerFromAllButThemselves() {
    arena.board("race", Map.of("scopes", List.of("friends")));
    arena.scores("race", "ann", 90, "cheat", 80, "bob", 70);
    arena.follow("bob", "cheat");

    assertThat(arena.moderator().put("/api/leaderboards/race/hidden/cheat").status())
        .isEqualTo(204);

    assertThat(seenBy("bob")).containsExactly("1 ann 90", "2 bob 70");
    assertThat(entriesFor("bob")).isEqualTo(2);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?owners=cheat,bob")))
        .containsExactly("2 bob 70");
    assertThat(arena.as("bob").get("/api/leaderboards/race/around/cheat").status()).isEqualTo(404);
    assertThat(Arena.rows(arena.scoresOf(arena.as("bob"), "race", "?scope=friends")))
        .containsExactly("1 bob 70");
    // The player notices nothing, also not with another score.
    assertThat(seenBy("cheat")).containsExactly("1 ann 90", "2 cheat 80", "3 bob 70");
    assertThat(entriesFor("cheat")).isEqualTo(3);
    arena.score("race", "cheat", 95);
    assertThat(seenBy("cheat")).containsExactly("1 cheat 95", "2 ann 90", "3 bob 70");
    assertThat(
            Arena.rows(
                arena.ready(arena.as("cheat"), "/api/leaderboards/race/around/cheat?limit=2")))
        .containsExactly("1 cheat 95", "2 ann 90");
    assertThat(seenBy("bob")).containsExactly("1 ann 90", "2 bob 70");
    fireside.flushRedis();
    assertThat(seenBy("bob")).containsExactly("1 ann 90", "2 bob 70");
    assertThat(seenBy("cheat")).containsExactly("1 cheat 95", "2 ann 90", "3 bob 70");

    assertThat(arena.moderator().delete("/api/leaderboards/race/hidden/cheat").status())
        .isEqualTo(204);
    assertThat(seenBy("bob")).containsExactly("1 cheat 95", "2 ann 90", "3 bob 70");
  }

  @Test
  void hidesAPlayerInSettledPeriodsTooAndTheOthersKeepTheirRanks() {
    arena.board("race", Map.of("periods", List.of("daily")));
    arena.scores("race", "ann", 90, "cheat", 80, "later", 75, "bob", 70);
    arena.moderator().put("/api/leaderboards/race/hidden/cheat");
    fireside.settle();
    fireside.clock().advance(Duration.ofDays(1));
    fireside.fire("leaderboards-settle");
    fireside.settle();
    String day = "?at=daily-2026-11-21";
    String around = "/api/leaderboards/race/around/";

    assertThat(Arena.rows(arena.scoresOf(arena.as("bob"), "race", day)))
        .containsExactly("1 ann 90", "2 later 75", "3 bob 70");
    // The player notices nothing.
    Reply own = arena.scoresOf(arena.as("cheat"), "race", day);
    assertThat(own.body().path("entries").asInt()).isEqualTo(4);
    assertThat(Arena.rows(own)).containsExactly("1 ann 90", "2 cheat 80", "3 later 75", "4 bob 70");
    assertThat(Arena.rows(arena.as("cheat").get(around + "me" + day + "&limit=1")))
        .containsExactly("2 cheat 80");

    arena.moderator().put("/api/leaderboards/race/hidden/later");
    fireside.settle();

    for (int i = 0; i < 2; i++) {
      assertThat(Arena.rows(arena.scoresOf(arena.as("bob"), "race", day)))
          .containsExactly("1 ann 90", "3 bob 70");
      assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", day + "&owners=later,bob")))
          .containsExactly("3 bob 70");
      assertThat(arena.as("bob").get(around + "later" + day).status()).isEqualTo(404);
      assertThat(Arena.rows(arena.as("bob").get(around + "bob" + day + "&limit=2")))
          .containsExactly("3 bob 70");
      assertThat(Arena.rows(arena.as("later").get(around + "me" + day + "&limit=1")))
          .containsExactly("2 later 75");
      assertThat(
              arena
                  .anybody()
                  .get("/api/leaderboards/race/changes" + day)
                  .body()
                  .path("rows")
                  .findValuesAsText("uid"))
          .containsExactly("ann", "bob");
      fireside.flushRedis();
    }
  }

  @Test
  void listsTheHiddenForModerators() {
    arena.board("race");
    arena.person("cheat");
    arena.score("race", "ann", 5);
    for (String uid : List.of("cheat", "bot", "amy")) {
      arena.moderator().put("/api/leaderboards/race/hidden/" + uid);
    }
    arena.moderator().delete("/api/leaderboards/race/hidden/amy");
    String path = "/api/leaderboards/race/hidden";

    Reply first = arena.moderator().get(path + "?limit=1");
    Reply second = arena.moderator().get(path + "?limit=1" + Arena.cursor(first, "nextCursor"));

    assertThat(first.body().at("/items/0/uid").asText()).isEqualTo("bot");
    assertThat(second.body().at("/items/0/displayName").asText()).isEqualTo("Player cheat");
    assertThat(second.body().has("nextCursor")).isFalse();
    assertThat(arena.as("ann").get(path).status()).isEqualTo(403);
    assertThat(arena.moderator().get("/api/leaderboards/none/hidden").status()).isEqualTo(404);
  }

  @Test
  void hidesSomebodyBeforeTheirFirstScore() {
    arena.board("race");
    assertThat(arena.moderator().put("/api/leaderboards/race/hidden/cheat").status())
        .isEqualTo(204);
    arena.scores("race", "ann", 5, "cheat", 9);

    assertThat(seenBy("ann")).containsExactly("1 ann 5");
    assertThat(seenBy("cheat")).containsExactly("1 cheat 9", "2 ann 5");
  }

  @Test
  void pagesOfAHiddenPlayerGoOnPastTheirOwnRow() {
    arena.board("race");
    arena.scores("race", "ann", 90, "cheat", 80, "bob", 70);
    arena.moderator().put("/api/leaderboards/race/hidden/cheat");

    Reply first = arena.scoresOf(arena.as("cheat"), "race", "?limit=2");
    Reply second =
        arena.scoresOf(arena.as("cheat"), "race", "?limit=2" + Arena.cursor(first, "nextCursor"));

    assertThat(Arena.rows(first)).containsExactly("1 ann 90", "2 cheat 80");
    assertThat(Arena.rows(second)).containsExactly("3 bob 70");
  }

  @Test
  void removesAScoreFromOnePeriodOrAll() {
    arena.board("race", Map.of("periods", List.of("daily", "weekly", "all-time")));
    arena.scores("race", "ann", 90, "cheat", 80);

    assertThat(
            arena.moderator().delete("/api/leaderboards/race/scores/cheat?period=daily").status())
        .isEqualTo(204);
    assertThat(seenBy("ann")).containsExactly("1 ann 90");
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?period=weekly"))).hasSize(2);
    assertThat(
            arena
                .moderator()
                .delete("/api/leaderboards/race/scores/cheat?period=weekly-2026-W47")
                .status())
        .isEqualTo(204);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?period=weekly"))).hasSize(1);
    assertThat(arena.moderator().delete("/api/leaderboards/race/scores/cheat").status())
        .isEqualTo(204);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?period=all-time")))
        .containsExactly("1 ann 90");
    assertThat(arena.moderator().delete("/api/leaderboards/race/scores/cheat").status())
        .isEqualTo(204);
    fireside.settle();
    fireside.flushRedis();
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?period=all-time")))
        .containsExactly("1 ann 90");

    arena.score("race", "cheat", 1);
    assertThat(seenBy("ann")).containsExactly("1 ann 90", "2 cheat 1");
  }

  @Test
  void refusesToRemoveWhatIsNoPeriodOrFinal() {
    arena.board("race", Map.of("periods", List.of("daily")));
    arena.scores("race", "ann", 90);
    for (String period : List.of("weekly", "nonsense", "weekly-2026-W47")) {
      Reply reply = arena.moderator().delete("/api/leaderboards/race/scores/ann?period=" + period);
      assertThat(reply.status()).as(period).isEqualTo(400);
      assertThat(reply.errorFields()).containsExactly("?period");
    }
    fireside.clock().advance(Duration.ofDays(1));
    fireside
        .platform()
        .documents()
        .update(
            "leaderboards/race",
            Map.of(
                "settledThrough",
                Map.of("daily", java.time.Instant.parse("2026-11-22T00:00:00Z"))));

    assertThat(
            arena
                .moderator()
                .delete("/api/leaderboards/race/scores/ann?period=daily-2026-11-21")
                .status())
        .isEqualTo(409);
    assertThat(arena.moderator().delete("/api/leaderboards/race/scores/ann").status())
        .isEqualTo(204);
  }

  @Test
  void hidesASuspendedPlayerOnAllBoardsUntilItIsLifted() {
    arena.board("race", Map.of("periods", List.of("daily", "all-time")));
    arena.board("other");
    for (String uid : List.of("ann", "cheat", "bob")) {
      arena.person(uid);
    }
    arena.scores("race", "ann", 90, "cheat", 80, "bob", 70);
    arena.scores("other", "cheat", 1);
    arena.moderator().put("/api/leaderboards/other/hidden/cheat");
    fireside.settle();
    fireside.clock().advance(Duration.ofDays(1));
    fireside.fire("leaderboards-settle");
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(2));

    status("cheat", "suspended");

    for (int i = 0; i < 2; i++) {
      assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?period=all-time")))
          .containsExactly("1 ann 90", "2 bob 70");
      assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?at=daily-2026-11-21")))
          .containsExactly("1 ann 90", "3 bob 70");
      fireside.flushRedis();
    }
    Reply hidden = arena.moderator().get("/api/leaderboards/other/hidden");
    assertThat(hidden.body().at("/items/0/by").toString())
        .isEqualTo("[\"moderator\",\"suspension\"]");
    // A first score that was on its way.
    arena.board("late");
    arena.submit("late", "cheat", Map.of("score", 5));
    fireside.settle();
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "late", ""))).isEmpty();

    status("cheat", "active");

    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", "?period=all-time")))
        .containsExactly("1 ann 90", "2 cheat 80", "3 bob 70");
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "late", "")))
        .containsExactly("1 cheat 5");
    // The moderator's word on the one board stands.
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "other", ""))).isEmpty();
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  /// As the module does that owns profiles.
  private void status(String uid, String status) {
    arena.documents().update("users/" + uid, Map.of("status", status));
    var written = arena.documents().get("users/" + uid).orElseThrow();
    new ProfileReader(fireside.platform())
        .keep(new Uid(uid), ProfileReader.parse(written), written.version());
    fireside.settle();
  }

  @Test
  void isForModerators() {
    arena.board("race");
    assertThat(arena.as("ann").put("/api/leaderboards/race/hidden/ann").status()).isEqualTo(403);
    assertThat(arena.as("ann").delete("/api/leaderboards/race/hidden/ann").status()).isEqualTo(403);
    assertThat(arena.as("ann").delete("/api/leaderboards/race/scores/ann").status()).isEqualTo(403);
  }

  @Test
  void letsNobodyPlayWhoHasNotJoinedWhereThatIsAskedFor() {
    arena.board(
        "race", Map.of("joinRequired", true, "maxSize", 2, "periods", List.of("daily", "weekly")));
    Reply early = arena.submit("race", "ann", Map.of("score", 5));
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.body().path("reason").asText()).isEqualTo("not-joined");

    Reply joined = arena.as("ann").post("/api/leaderboards/race/join");
    assertThat(joined.status()).as(joined.toString()).isEqualTo(200);
    assertThat(joined.body().at("/periods/1/key").asText()).isEqualTo("weekly-2026-W47");
    assertThat(joined.body().path("nextReset").asText()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(arena.as("ann").post("/api/leaderboards/race/join").status()).isEqualTo(200);
    arena.score("race", "ann", 5);
    assertThat(seenBy("ann")).containsExactly("1 ann 5");

    List<Reply> replies =
        Calls.atOnce(5, i -> arena.as("p" + i).post("/api/leaderboards/race/join"));
    assertThat(replies.stream().map(Reply::status).toList())
        .containsOnly(200, 409)
        .filteredOn(status -> status == 200)
        .hasSize(1);
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 409)
        .allSatisfy(
            reply -> assertThat(reply.body().path("reason").asText()).isEqualTo("board-full"));
    // Who joined without a score is not ranked.
    assertThat(seenBy("ann")).containsExactly("1 ann 5");

    fireside.clock().advance(Duration.ofDays(1));
    assertThat(arena.submit("race", "ann", Map.of("score", 6)).status()).isEqualTo(409);
    assertThat(arena.as("ann").post("/api/leaderboards/race/join").status()).isEqualTo(200);
    arena.score("race", "ann", 6);
  }

  @Test
  void takesPlacesInThePeriodsThatHaveRoom() {
    arena.board(
        "race", Map.of("joinRequired", true, "maxSize", 1, "periods", List.of("daily", "weekly")));
    assertThat(arena.as("ann").post("/api/leaderboards/race/join").status()).isEqualTo(200);
    fireside.clock().advance(Duration.ofDays(1));

    Reply joined = arena.as("bob").post("/api/leaderboards/race/join");
    assertThat(joined.status()).isEqualTo(200);
    assertThat(joined.body().path("periods").findValuesAsText("kind")).containsExactly("daily");
    assertThat(arena.as("bob").post("/api/leaderboards/race/join").status()).isEqualTo(200);
    // The day is full, but not of those who were there before.
    assertThat(arena.as("cid").post("/api/leaderboards/race/join").status()).isEqualTo(409);
    Reply again = arena.as("ann").post("/api/leaderboards/race/join");
    assertThat(again.body().path("periods").findValuesAsText("kind")).containsExactly("weekly");

    arena.score("race", "bob", 5);
    arena.score("race", "ann", 6);
    assertThat(seenBy("ann")).containsExactly("1 bob 5");
    assertThat(Arena.rows(arena.scoresOf(arena.as("ann"), "race", "?period=weekly")))
        .containsExactly("1 ann 6");
    assertThat(arena.submit("race", "cid", Map.of("score", 7)).status()).isEqualTo(409);
  }

  @Test
  void takesScoresInThePeriodsThatHaveRoom() {
    arena.board("race", Map.of("maxSize", 1, "periods", List.of("daily", "all-time")));
    arena.score("race", "ann", 5);
    assertThat(arena.submit("race", "bob", Map.of("score", 6)).status()).isEqualTo(409);
    fireside.clock().advance(Duration.ofDays(1));

    Reply taken = arena.submit("race", "bob", Map.of("score", 6));

    assertThat(taken.status()).isEqualTo(200);
    assertThat(taken.body().at("/periods/0/rank/after").asInt()).isOne();
    assertThat(taken.body().at("/periods/1").has("score")).isFalse();
    assertThat(seenBy("ann")).containsExactly("1 bob 6");
    assertThat(Arena.rows(arena.scoresOf(arena.as("bob"), "race", "?period=all-time")))
        .containsExactly("1 ann 5");
  }

  @Test
  void refusesToJoinWhatNeedsNone() {
    arena.board("open");
    arena.board("race", Map.of("joinRequired", true));
    arena.admin().put("/api/leaderboards/race/closed");

    assertThat(arena.as("ann").post("/api/leaderboards/open/join").status()).isEqualTo(409);
    assertThat(arena.as("ann").post("/api/leaderboards/race/join").status()).isEqualTo(409);
    assertThat(arena.anybody().post("/api/leaderboards/race/join").status()).isEqualTo(401);
  }
}
