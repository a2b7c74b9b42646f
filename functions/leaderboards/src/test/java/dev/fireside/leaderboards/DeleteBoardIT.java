package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Boards that are deleted, with all below them.
class DeleteBoardIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Arena arena = new Arena(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void areGoneAtOnceAndTheirIdIsFreeOnceAllIsRemoved() {
    arena.board("race", Map.of("periods", List.of("daily", "all-time")));
    arena.board("other");
    arena.scores("race", "ann", 5, "bob", 7);
    arena.scores("other", "ann", 5);
    arena.scoresOf(arena.anybody(), "race", "");
    write("race", 450, 3);
    fireside.settle();
    fireside.faults().holdAll();

    assertThat(arena.admin().delete("/api/leaderboards/race").status()).isEqualTo(204);

    assertThat(arena.anybody().get("/api/leaderboards/race").status()).isEqualTo(404);
    assertThat(arena.anybody().get("/api/leaderboards/race/scores").status()).isEqualTo(404);
    assertThat(arena.submit("race", "ann", Map.of("score", 9)).status()).isEqualTo(404);
    Reply again = arena.admin().post("/api/leaderboards", Arena.draft("race", Map.of()));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.errorFields()).containsExactly("id");
    assertThat(arena.admin().patch("/api/leaderboards/race", Map.of("title", "x")).status())
        .isEqualTo(404);
    assertThat(arena.admin().put("/api/leaderboards/race/closed").status()).isEqualTo(404);
    assertThat(arena.anybody().get("/api/leaderboards").body().path("items")).hasSize(1);
    fireside.faults().clear();
    fireside.settle();

    assertNothingLeft();
    arena.board("race");
    arena.score("race", "cid", 1);
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", ""))).containsExactly("1 cid 1");
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "other", ""))).containsExactly("1 ann 5");
  }

  /// Players without scores, and periods with chunks, as documents.
  private void write(String board, int players, int periods) {
    for (int from = 0; from < players; from += 500) {
      int first = from;
      arena
          .documents()
          .batch(batch -> {
            for (int i = first; i < Math.min(players, first + 500); i++) {
              var fields = new HashMap<String, Object>();
              fields.put("board", board);
              fields.put("uid", "u" + i);
              batch.set("leaderboards/" + board + "/players/u" + i, fields);
            }
          });
    }
    arena
        .documents()
        .batch(batch -> {
          for (int i = 0; i < periods; i++) {
            String period = "leaderboards/" + board + "/periods/daily-2020-01-0" + (i + 1);
            batch.set(period, Map.of("kind", "daily", "state", "settled"));
            for (int chunk = 0; chunk < 3; chunk++) {
              batch.set(period + "/chunks/00000" + chunk, Map.of("rows", List.of()));
            }
          }
        });
  }

  private void assertNothingLeft() {
    var documents = arena.documents();
    assertThat(documents.get("leaderboards/race")).isEmpty();
    assertThat(documents.list(documents.collection("leaderboards/race/players"))).isEmpty();
    assertThat(documents.list(documents.collection("leaderboards/race/periods"))).isEmpty();
    assertThat(documents.list(documents.collectionGroup("chunks"))).isEmpty();
    // Whose turn it was to publish is forgotten by itself.
    assertThat(keys("leaderboard:{race}:*")).allMatch(key -> key.contains(":deltas"));
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  private java.util.Set<String> keys(String pattern) {
    return fireside
        .platform()
        .redis()
        .call(client -> client.keys(fireside.platform().config().redisKeyPrefix() + pattern));
  }

  @Test
  void areRemovedAlsoWhereEventsFailAndComeTwiceAndLate() {
    arena.board("race");
    arena.scores("race", "ann", 5, "bob", 7);
    write("race", 50, 2);
    fireside.settle();
    fireside.faults().setAll(new Fault(1, Duration.ZERO, Duration.ofMillis(50), 1, 1));

    assertThat(arena.admin().delete("/api/leaderboards/race").status()).isEqualTo(204);
    fireside.settle();

    assertNothingLeft();
  }

  @Test
  void areRemovedWhereTheRequestDiedBeforeItAskedForIt() {
    arena.board("race");
    arena.scores("race", "ann", 5);

    arena.documents().update("leaderboards/race", Map.of("status", "deleted"));
    fireside.settle();

    assertNothingLeft();
  }

  @Test
  void areNotThereForAnotherDeletion() {
    assertThat(arena.admin().delete("/api/leaderboards/race").status()).isEqualTo(404);
    arena.board("race");
    assertThat(arena.admin().delete("/api/leaderboards/race").status()).isEqualTo(204);
    assertThat(arena.admin().delete("/api/leaderboards/race").status()).isIn(204, 404);
    fireside.settle();
    assertThat(arena.admin().delete("/api/leaderboards/race").status()).isEqualTo(404);
  }
}
