package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.RelationReader;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Ranks among friends, and the caller's own on all boards.
class FriendsIT {
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

  private Reply friends(String query) {
    return arena.scoresOf(arena.as("me"), "race", "?scope=friends" + query);
  }

  @Test
  void areRankedAmongThemselvesWithTheirGlobalRankBeside() {
    arena.board("race", Map.of("scopes", List.of("friends")));
    arena.scores("race", "s1", 90, "f1", 80, "s2", 70, "me", 60, "f2", 50, "s3", 40, "f3", 30);
    for (String friend : List.of("f1", "f2", "f3", "f4")) {
      arena.follow("me", friend);
    }

    Reply all = friends("");

    assertThat(Arena.rows(all)).containsExactly("1 f1 80", "2 me 60", "3 f2 50", "4 f3 30");
    assertThat(globalRanks(all)).containsExactly(2L, 4L, 5L, 7L);
    assertThat(all.body().path("entries").asInt()).isEqualTo(4);
    assertThat(all.body().path("scope").asText()).isEqualTo("friends");

    Reply first = friends("&limit=2");
    Reply second = friends("&limit=2" + Arena.cursor(first, "nextCursor"));
    assertThat(Arena.rows(first)).containsExactly("1 f1 80", "2 me 60");
    assertThat(Arena.rows(second)).containsExactly("3 f2 50", "4 f3 30");
    assertThat(second.body().has("nextCursor")).isFalse();
    assertThat(Arena.rows(friends("&limit=1" + Arena.cursor(second, "prevCursor"))))
        .containsExactly("2 me 60");
    assertThat(Arena.rows(friends("&rank=3&limit=1"))).containsExactly("3 f2 50");
    assertThat(
            Arena.rows(
                arena.ready(
                    arena.as("me"), "/api/leaderboards/race/around/me?scope=friends&limit=3")))
        .containsExactly("1 f1 80", "2 me 60", "3 f2 50");
    assertThat(arena.as("me").get("/api/leaderboards/race/around/s1?scope=friends").status())
        .isEqualTo(404);
  }

  private static List<Long> globalRanks(Reply reply) {
    return StreamSupport.stream(reply.body().path("items").spliterator(), false)
        .map(item -> item.path("globalRank").asLong())
        .toList();
  }

  @Test
  void areAllWhomAPlayerFollows() {
    arena.board("race", Map.of("scopes", List.of("friends")));
    arena.scores("race", "me", 60, "zoe", 90, "bob", 10);
    fireside
        .project()
        .withoutEvents(() -> {
          for (int from = 0; from < 4_998; from += 490) {
            int first = from;
            int end = Math.min(4_998, from + 490);
            arena
                .documents()
                .batch(batch -> {
                  for (int i = first; i < end; i++) {
                    String friend = "f%04d".formatted(i);
                    batch.set(
                        "follows/me:" + friend,
                        Map.of("id", "i" + friend, "follower", "me", "followee", friend));
                  }
                });
          }
        });
    arena.follow("me", "zoe");
    arena.follow("me", "bob");

    assertThat(Arena.rows(friends(""))).containsExactly("1 zoe 90", "2 me 60", "3 bob 10");
    assertThat(
            Arena.rows(
                arena.ready(arena.as("me"), "/api/leaderboards/race/around/zoe?scope=friends")))
        .containsExactly("1 zoe 90", "2 me 60", "3 bob 10");
  }

  @Test
  void needSomebodyWhoseFriendsTheyAre() {
    arena.board("race", Map.of("scopes", List.of("friends")));

    assertThat(arena.anybody().get("/api/leaderboards/race/scores?scope=friends").status())
        .isEqualTo(401);
    Reply owners = arena.as("me").get("/api/leaderboards/race/scores?scope=friends&owners=me");
    assertThat(owners.status()).isEqualTo(400);
    assertThat(Arena.rows(friends(""))).isEmpty();
    arena.score("race", "me", 1);
    assertThat(Arena.rows(friends(""))).containsExactly("1 me 1");
    String owned = "/api/leaderboards/race/scores?owners=";
    assertThat(Arena.rows(arena.ready(arena.as("me"), owned + "me,bob"))).hasSize(1);
    assertThat(arena.anybody().get(owned + "me").status()).isEqualTo(401);
    for (String none : List.of("", "%20", ",", "a,,b", "a,")) {
      Reply empty = arena.as("me").get(owned + none);
      assertThat(empty.status()).as(none).isEqualTo(400);
      assertThat(empty.errorFields()).containsExactly("?owners");
    }
  }

  @Test
  void changeWithWhomThePlayerFollows() {
    arena.board("race", Map.of("scopes", List.of("friends")));
    arena.scores("race", "f1", 80, "me", 60);
    assertThat(Arena.rows(friends(""))).containsExactly("1 me 60");

    arena.follow("me", "f1");
    // What the function that owns follows does after its commit.
    fireside.platform().redis().call(client -> client.del("rel:me"));

    assertThat(Arena.rows(friends(""))).containsExactly("1 f1 80", "2 me 60");
  }

  @Test
  void areTheFirstOfThoseAPlayerFollowsWhereverTheyAreKept() {
    var relations = new RelationReader(fireside.platform());
    for (String friend : List.of("c", "a", "B", "d")) {
      arena.follow("me", friend);
    }
    List<Uid> first = List.of(new Uid("B"), new Uid("a"), new Uid("c"));

    assertThat(relations.following(new Uid("me"), 3)).isEqualTo(first);
    var before = fireside.counts();
    assertThat(relations.following(new Uid("me"), 3)).isEqualTo(first);
    assertThat(fireside.counts().minus(before).reads()).isZero();
    assertThat(relations.following(new Uid("me"), 5_000)).hasSize(4);
    assertThat(relations.following(new Uid("nobody"), 3)).isEmpty();
  }

  @Test
  void theOwnCountryIsRankedWhereNoneIsSaid() {
    arena.board("race", Map.of("scopes", List.of("country")));
    arena.score("race", "ann", Map.of("score", 5, "country", "SE"));
    arena.score("race", "bob", Map.of("score", 9, "country", "NO"));
    arena.score("race", "cid", Map.of("score", 7, "country", "SE"));

    Reply own = arena.scoresOf(arena.as("cid"), "race", "?scope=country&limit=1");
    assertThat(Arena.rows(own)).containsExactly("1 cid 7");
    assertThat(own.body().path("country").asText()).isEqualTo("SE");
    assertThat(
            Arena.rows(
                arena.scoresOf(
                    arena.as("cid"),
                    "race",
                    "?scope=country&limit=1" + Arena.cursor(own, "nextCursor"))))
        .containsExactly("2 ann 5");
    assertThat(arena.anybody().get("/api/leaderboards/race/scores?scope=country").status())
        .isEqualTo(401);
    Reply nowhere = arena.as("dan").get("/api/leaderboards/race/scores?scope=country");
    assertThat(nowhere.errorFields()).containsExactly("?country");
  }

  @Test
  void ownRanksAreToldForEveryBoardAndPeriod() {
    arena.board("a", Map.of("periods", List.of("daily", "all-time")));
    arena.board("b");
    arena.board("c");
    arena.scores("a", "ann", 5, "bob", 7);
    arena.scores("b", "ann", 5);
    arena.scores("c", "bob", 5);

    Reply reply = arena.ready(arena.as("ann"), "/api/leaderboards/me");

    JsonNode items = reply.body().path("items");
    assertThat(items).hasSize(2);
    assertThat(items.at("/0/board").asText()).isEqualTo("a");
    assertThat(items.at("/0/title").asText()).isEqualTo("Board a");
    assertThat(items.at("/0/periods/0/period/key").asText()).isEqualTo("daily-2026-11-21");
    assertThat(items.at("/0/nextReset").asText()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(items.at("/1").has("nextReset")).isFalse();
    assertThat(items.at("/0/periods/0/rank").asInt()).isEqualTo(2);
    assertThat(items.at("/0/periods/0/entries").asInt()).isEqualTo(2);
    assertThat(items.at("/0/periods/1/period/key").asText()).isEqualTo("all-time");
    assertThat(items.at("/0/periods/1/rank").asInt()).isEqualTo(2);
    assertThat(items.at("/1/periods/0/rank").asInt()).isEqualTo(1);
    assertThat(items.at("/1/periods/0/score").asInt()).isEqualTo(5);

    Reply first = arena.as("ann").get("/api/leaderboards/me?limit=1");
    Reply second =
        arena.as("ann").get("/api/leaderboards/me?limit=1" + Arena.cursor(first, "nextCursor"));
    assertThat(first.body().at("/items/0/board").asText()).isEqualTo("a");
    assertThat(second.body().at("/items/0/board").asText()).isEqualTo("b");
    assertThat(second.body().has("nextCursor")).isFalse();
    assertThat(arena.anybody().get("/api/leaderboards/me").status()).isEqualTo(401);
    assertThat(arena.as("cid").get("/api/leaderboards/me").body().path("items")).isEmpty();
  }

  @Test
  void ownRanksCostOneRoundTripHoweverManyThereAre() {
    for (String board : List.of("a", "b", "c")) {
      arena.board(board, Map.of("periods", List.of("daily", "weekly", "all-time")));
      arena.score(board, "ann", 5);
    }
    arena.ready(arena.as("ann"), "/api/leaderboards/me");
    fireside.settle();
    var ann = arena.as("ann");
    var before = fireside.counts();

    assertThat(ann.get("/api/leaderboards/me").body().path("items")).hasSize(3);

    var cost = fireside.counts().minus(before);
    // The account's state, the rate limit, the boards and all ranks.
    assertThat(cost.roundTrips()).isLessThanOrEqualTo(4);
    assertThat(cost.reads()).isEqualTo(3);
  }
}
