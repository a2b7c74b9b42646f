package dev.fireside.games.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.play.domain.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Arcade arcade = new Arcade(fireside);

  @BeforeEach
  void openBoards() {
    arcade.board("arena", Map.of("rules", Map.of("maxSeconds", 600L)));
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void tellsThePlayerWhatAGameNeeds() {
    Reply reply = arcade.as("ann").post("/api/games", Map.of("board", "arena", "country", "SE"));

    assertThat(reply.status()).isEqualTo(201);
    JsonNode session = reply.body();
    String id = session.path("id").asText();
    assertThat(reply.header("Location")).contains("/api/games/" + id);
    assertThat(session.path("signingKey").asText()).isEqualTo(arcade.key(id)).hasSize(43);
    assertThat(session.path("seed").asText()).matches("[0-9a-f]{16}");
    assertThat(session.path("state").asText()).isEqualTo("open");
    assertThat(session.path("country").asText()).isEqualTo("SE");
    assertThat(session.path("lastSeq").asLong()).isZero();
    Instant start = Instant.parse(session.path("startedAt").asText());
    assertThat(Instant.parse(session.path("expiresAt").asText())).isEqualTo(start.plusSeconds(600));
    assertThat(arcade.as("ann").get("/api/games/" + id).body()).isEqualTo(session);
    assertThat(arcade.document(id).fields().instant("deleteAt"))
        .hasValueSatisfying(
            at -> assertThat(at).isEqualTo(arcade.stored(id).startedAt().plus(Duration.ofDays(7))));
    assertThat(arcade.document(id).fields().values().toString()).doesNotContain(arcade.key(id));
  }

  @Test
  void startsOneSessionHoweverOftenARequestIsSent() {
    var caller = arcade.as("ann").header("Idempotency-Key", "one");

    List<Reply> replies =
        Calls.atOnce(8, i -> caller.post("/api/games", Map.of("board", "arena"))).stream()
            .filter(reply -> !reply.problem().equals("in-progress"))
            .toList();
    Reply later = caller.post("/api/games", Map.of("board", "arena"));

    assertThat(later.status()).isEqualTo(201);
    assertThat(replies)
        .isNotEmpty()
        .allSatisfy(reply -> assertThat(reply.body()).isEqualTo(later.body()));
    assertThat(arcade.as("ann").get("/api/games").body().path("items")).hasSize(1);
    String id = later.body().path("id").asText();
    assertThat(arcade.documents().list(arcade.documents().collection("idempotency")))
        .hasSize(1)
        .noneMatch(claim -> claim.fields().values().toString().contains(arcade.key(id)));
    arcade.finish("ann", id, Map.of("score", 1));
    Reply ended = caller.post("/api/games", Map.of("board", "arena"));
    assertThat(ended.body().path("id").asText()).isEqualTo(id);
    assertThat(ended.body().path("state").asText()).isEqualTo("finished");
  }

  @Test
  void startsNothingOnBoardsThatTakeNoScores() {
    arcade.board("closed", Map.of("status", "closed"));
    arcade.board("deleted", Map.of("status", "deleted"));

    assertThat(start("closed").status()).isEqualTo(409);
    assertThat(start("deleted").status()).isEqualTo(404);
    assertThat(start("unknown").status()).isEqualTo(404);
    assertThat(start("No/Board").errorFields()).containsExactly("board");
    assertThat(arcade.as("ann").post("/api/games", Map.of("country", "Sweden")).errorFields())
        .containsExactlyInAnyOrder("board", "country");
    assertThat(
            arcade
                .as("ann")
                .post("/api/games", Map.of("board", "arena", "country", "XX"))
                .errorFields())
        .containsExactly("country");
    assertThat(fireside.http().anonymous().post("/api/games").status()).isEqualTo(401);
    assertThat(arcade.as("ann").get("/api/games").body().path("items")).isEmpty();
  }

  @Test
  void keepsNoMoreThanTwentySessionsOpenAndAbandonsTheOldest() {
    String oldest = arcade.started("ann", "arena");
    fireside.clock().advance(Duration.ofSeconds(1));
    String next = arcade.started("ann", "arena");
    fireside.clock().advance(Duration.ofSeconds(1));

    List<Reply> replies = Calls.atOnce(19, i -> start("arena"));

    assertThat(replies).allSatisfy(reply -> assertThat(reply.status()).isEqualTo(201));
    assertThat(arcade.stored(oldest).state()).isEqualTo(SessionState.ABANDONED);
    assertThat(arcade.stored(next).state()).isEqualTo(SessionState.OPEN);
    assertThat(arcade.finish("ann", oldest, Map.of("score", 1)).status()).isEqualTo(409);
    assertThat(arcade.finish("ann", next, Map.of("score", 1)).status()).isEqualTo(200);
    // One that was finished, and those that have expired, are not open.
    assertThat(start("arena").status()).isEqualTo(201);
    fireside.clock().advance(Duration.ofSeconds(601));
    assertThat(start("arena").status()).isEqualTo(201);
    assertThat(
            Arcade.texts(
                arcade.as("ann").get("/api/games?limit=100").body().path("items"), "state"))
        .containsOnlyOnce("open")
        .hasSize(23);
  }

  @Test
  void listsThePlayersOwnSessionsNewestFirst() {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 7; i++) {
      ids.addFirst(arcade.started("ann", "arena"));
    }
    arcade.started("bob", "arena");

    assertThat(arcade.as("ann").list("/api/games?limit=3", "id")).isEqualTo(ids);
    assertThat(arcade.as("bob").get("/api/games").body().path("items")).hasSize(1);
    assertThat(
            arcade
                .as("bob")
                .get(
                    "/api/games?cursor="
                        + arcade
                            .as("ann")
                            .get("/api/games?limit=1")
                            .body()
                            .path("nextCursor")
                            .asText())
                .problem())
        .isEqualTo("invalid-cursor");
  }

  @Test
  void showsAnExpiredSessionAsAbandonedBeforeItIsSwept() {
    String id = arcade.started("ann", "arena");

    fireside.clock().advance(Duration.ofMinutes(10));

    JsonNode session = arcade.as("ann").get("/api/games/" + id).body();
    assertThat(session.path("state").asText()).isEqualTo("abandoned");
    assertThat(session.has("signingKey")).isFalse();
    assertThat(arcade.stored(id).state()).isEqualTo(SessionState.OPEN);
  }

  @Test
  void showsNoSessionThatIsToBeRemoved() {
    String id = arcade.started("ann", "arena");

    fireside.clock().advance(Duration.ofDays(7).plusSeconds(1));

    assertThat(arcade.as("ann").get("/api/games/" + id).status()).isEqualTo(404);
    assertThat(arcade.as("ann").get("/api/games").body().path("items")).isEmpty();
  }

  private Reply start(String board) {
    return arcade.as("ann").post("/api/games", Map.of("board", board));
  }
}
