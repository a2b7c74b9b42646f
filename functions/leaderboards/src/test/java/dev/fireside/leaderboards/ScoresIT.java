package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Pages of ranks.
class ScoresIT {
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
    return arena.scoresOf(arena.anybody(), "race", query);
  }

  @Test
  void showTheBestFirstAndOfEqualsTheEarliest() {
    arena.board("race", Map.of("periods", List.of("daily", "all-time")));
    arena.person("ann");
    arena.scores("race", "bob", 7, "ann", 7, "cid", 9, "dan", 7);
    arena.score("race", "eve", Map.of("score", 7, "subscore", 1, "metadata", Map.of("car", "red")));

    Reply reply = page("");

    assertThat(Arena.rows(reply))
        .containsExactly("1 cid 9", "2 eve 7", "3 bob 7", "4 ann 7", "5 dan 7");
    JsonNode body = reply.body();
    assertThat(body.path("board").asText()).isEqualTo("race");
    assertThat(body.path("scope").asText()).isEqualTo("global");
    assertThat(body.path("entries").asInt()).isEqualTo(5);
    assertThat(body.at("/period/kind").asText()).isEqualTo("daily");
    assertThat(body.at("/period/key").asText()).isEqualTo("daily-2026-11-21");
    assertThat(body.at("/period/state").asText()).isEqualTo("open");
    assertThat(body.path("nextReset").asText()).isEqualTo("2026-11-22T00:00:00Z");
    assertThat(body.path("rebuilding").asBoolean(true)).isFalse();
    assertThat(body.has("nextCursor")).isFalse();
    assertThat(body.has("prevCursor")).isFalse();
    assertThat(body.at("/items/1/metadata/car").asText()).isEqualTo("red");
    assertThat(body.at("/items/1/subscore").asInt()).isOne();
    assertThat(body.at("/items/3/displayName").asText()).isEqualTo("Player ann");
    assertThat(body.at("/items/3/avatarUrl").asText()).isEqualTo("https://cdn.example/ann.png");
    assertThat(body.at("/items/0").has("handle")).isFalse();
    assertThat(page("?period=all-time").body().at("/period").has("endsAt")).isFalse();
  }

  @Test
  void goOnAndBackOverTheWholeListWithTies() {
    arena.board("race");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 11; i++) {
      arena.score("race", "p" + i, 100 - i / 4);
      expected.add((i + 1) + " p" + i + " " + (100 - i / 4));
    }

    var forward = new ArrayList<String>();
    Reply reply = page("?limit=3");
    assertThat(reply.body().has("prevCursor")).isFalse();
    forward.addAll(Arena.rows(reply));
    while (reply.body().has("nextCursor")) {
      reply = page("?limit=3" + Arena.cursor(reply, "nextCursor"));
      forward.addAll(Arena.rows(reply));
    }
    assertThat(forward).isEqualTo(expected);
    var backward = new ArrayList<String>(Arena.rows(reply));
    Collections.reverse(backward);
    while (reply.body().has("prevCursor")) {
      reply = page("?limit=3" + Arena.cursor(reply, "prevCursor"));
      List<String> rows = new ArrayList<>(Arena.rows(reply));
      Collections.reverse(rows);
      backward.addAll(rows);
    }
    Collections.reverse(backward);
    assertThat(backward).isEqualTo(expected);
  }

  @Test
  void tellTrueRanksWhileScoresChangeBetweenThem() {
    arena.board("race");
    arena.scores("race", "a", 90, "b", 80, "c", 70, "d", 60, "e", 50);
    Reply first = page("?limit=2");
    // Two come in front, and the last one of the page goes there as well.
    arena.scores("race", "x", 99, "y", 98, "b", 97);

    Reply second = page("?limit=2" + Arena.cursor(first, "nextCursor"));
    Reply back = page("?limit=2" + Arena.cursor(second, "prevCursor"));

    assertThat(Arena.rows(first)).containsExactly("1 a 90", "2 b 80");
    assertThat(Arena.rows(second)).containsExactly("5 c 70", "6 d 60");
    assertThat(Arena.rows(back)).containsExactly("3 b 97", "4 a 90");
    assertThat(second.body().path("entries").asInt()).isEqualTo(7);
  }

  @Test
  void beginAtAnyRank() {
    arena.board("race");
    arena.scores("race", "a", 90, "b", 80, "c", 70, "d", 60);

    Reply reply = page("?rank=2&limit=2");

    assertThat(Arena.rows(reply)).containsExactly("2 b 80", "3 c 70");
    assertThat(Arena.rows(page("?limit=2" + Arena.cursor(reply, "prevCursor"))))
        .containsExactly("1 a 90");
    assertThat(Arena.rows(page("?rank=5"))).isEmpty();
    assertThat(Arena.rows(page("?rank=1000000000"))).isEmpty();
  }

  @Test
  void showAPlayerInTheirMiddleAndShiftAtTheEnds() {
    arena.board("race");
    for (int i = 1; i <= 7; i++) {
      arena.score("race", "p" + i, 100 - i);
    }

    assertThat(Arena.rows(around("p4", 3))).containsExactly("3 p3 97", "4 p4 96", "5 p5 95");
    assertThat(Arena.rows(around("p1", 3))).containsExactly("1 p1 99", "2 p2 98", "3 p3 97");
    assertThat(Arena.rows(around("p7", 3))).containsExactly("5 p5 95", "6 p6 94", "7 p7 93");
    assertThat(Arena.rows(around("p6", 4)))
        .containsExactly("4 p4 96", "5 p5 95", "6 p6 94", "7 p7 93");
    assertThat(Arena.rows(around("p2", 100))).hasSize(7);
    assertThat(Arena.rows(around("p3", 1))).containsExactly("3 p3 97");
    Reply middle = around("p4", 3);
    assertThat(Arena.rows(page("?limit=3" + Arena.cursor(middle, "nextCursor"))))
        .containsExactly("6 p6 94", "7 p7 93");
    assertThat(Arena.rows(page("?limit=3" + Arena.cursor(middle, "prevCursor"))))
        .containsExactly("1 p1 99", "2 p2 98");
    assertThat(Arena.rows(arena.ready(arena.as("p7"), "/api/leaderboards/race/around/me?limit=1")))
        .containsExactly("7 p7 93");
    assertThat(arena.anybody().get("/api/leaderboards/race/around/me").status()).isEqualTo(401);
    Reply nobody = arena.anybody().get("/api/leaderboards/race/around/nobody");
    assertThat(nobody.status()).isEqualTo(404);
  }

  private Reply around(String uid, int limit) {
    return arena.ready(arena.anybody(), "/api/leaderboards/race/around/" + uid + "?limit=" + limit);
  }

  @Test
  void showSeveralOwnersAtOnceInTheirOrder() {
    arena.board("race");
    arena.scores("race", "a", 90, "b", 80, "c", 70, "d", 60);

    assertThat(Arena.rows(page("?owners=d,nobody,a,d"))).containsExactly("1 a 90", "4 d 60");
    String many = String.join(",", IntStream.range(0, 100).mapToObj(i -> "u" + i).toList());
    assertThat(Arena.rows(page("?owners=" + many))).isEmpty();
    Reply tooMany = arena.anybody().get("/api/leaderboards/race/scores?owners=x," + many);
    assertThat(tooMany.status()).isEqualTo(400);
    assertThat(tooMany.errorFields()).containsExactly("?owners");
  }

  @Test
  void refuseParametersThatMeanNothing() {
    arena.board("race", Map.of("periods", List.of("daily"), "scopes", List.of("country")));
    arena.scores("race", "a", 90, "b", 80);
    String cursor =
        arena.scoresOf(arena.as("ann"), "race", "?limit=1").body().path("nextCursor").asText();
    for (String[] query :
        new String[][] {
          {"period=hourly", "?period"},
          {"period=weekly", "?period"},
          {"scope=world", "?scope"},
          {"scope=friends", "?scope"},
          {"scope=country&owners=ann", "?country"},
          {"scope=country&country=Sweden", "?country"},
          {"country=SE", "?country"},
          {"limit=0", "?limit"},
          {"limit=101", "?limit"},
          {"limit=x", "?limit"},
          {"rank=0", "?rank"},
          {"rank=x", "?rank"},
          {"rank=1&owners=a", "?rank"},
          {"rank=1&cursor=" + cursor, "?rank"},
          {"owners=a&cursor=" + cursor, "?owners"},
          {"owners=a%20b", "?owners"},
          {"at=yesterday", "?at"},
          {"at=weekly-2026-W47", "?at"},
          {"at=daily-2026-02-30", "?at"},
          {"at=2026-11-21", "?at"},
        }) {
      Reply reply = arena.as("ann").get("/api/leaderboards/race/scores?" + query[0]);
      assertThat(reply.status()).as(query[0] + " " + reply).isEqualTo(400);
      assertThat(reply.errorFields()).as(query[0]).containsExactly(query[1]);
    }
    for (String at : List.of("daily-2026-11-22", "daily-2020-01-01", "2030-01-01T00:00:00Z")) {
      assertThat(arena.anybody().get("/api/leaderboards/race/scores?at=" + at).status())
          .as(at)
          .isEqualTo(404);
    }
    for (String bad : List.of("x", cursor + "x", "")) {
      Reply reply = arena.as("ann").get("/api/leaderboards/race/scores?cursor=" + bad);
      assertThat(reply.status()).as(bad).isEqualTo(bad.isEmpty() ? 200 : 400);
    }
  }

  @Test
  void refuseACursorFromBeforeAResetAndTellHowToGoOn() {
    arena.board("race", Map.of("periods", List.of("daily", "weekly")));
    arena.scores("race", "a", 90, "b", 80, "c", 70);
    Reply first = page("?limit=2");
    String cursor = Arena.cursor(first, "nextCursor");

    fireside.clock().advance(Duration.ofHours(13));

    Reply refused = arena.anybody().get("/api/leaderboards/race/scores?limit=2" + cursor);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.problem()).isEqualTo("invalid-cursor");
    assertThat(refused.body().path("detail").asText())
        .contains("has ended")
        .contains("at=daily-2026-11-21");
    Reply other = arena.anybody().get("/api/leaderboards/race/scores?period=weekly" + cursor);
    assertThat(other.problem()).isEqualTo("invalid-cursor");
    assertThat(Arena.rows(page("?limit=2&at=daily-2026-11-21" + cursor))).containsExactly("3 c 70");
  }

  @Test
  void answerForAPeriodThatHasEndedAsForACurrentOne() {
    arena.board("race", Map.of("periods", List.of("daily"), "scopes", List.of("country")));
    arena.scores("race", "a", 90, "b", 80, "c", 70);
    fireside.settle();
    fireside.clock().advance(Duration.ofDays(1));
    arena.scores("race", "c", 99);

    assertThat(Arena.rows(page(""))).containsExactly("1 c 99");
    for (String at : List.of("daily-2026-11-21", "2026-11-21T05:00:00Z")) {
      Reply past = page("?at=" + at);
      assertThat(Arena.rows(past)).containsExactly("1 a 90", "2 b 80", "3 c 70");
      assertThat(past.body().path("entries").asInt()).isEqualTo(3);
      assertThat(past.body().at("/period/state").asText()).isIn("closing", "settled");
      assertThat(past.body().path("nextReset").asText()).isEqualTo("2026-11-23T00:00:00Z");
    }
    assertThat(Arena.rows(page("?at=daily-2026-11-21&owners=c"))).containsExactly("3 c 70");
    assertThat(Arena.rows(page("?at=daily-2026-11-21&rank=2&limit=1"))).containsExactly("2 b 80");
    assertThat(
            Arena.rows(
                arena.ready(
                    arena.anybody(),
                    "/api/leaderboards/race/around/b?at=daily-2026-11-21&limit=3")))
        .containsExactly("1 a 90", "2 b 80", "3 c 70");
  }

  @Test
  void rankByCountryAsWellAsGlobally() {
    arena.board("race", Map.of("scopes", List.of("country")));
    arena.score("race", "ann", Map.of("score", 5, "country", "SE"));
    arena.score("race", "bob", Map.of("score", 9, "country", "NO"));
    arena.score("race", "cid", Map.of("score", 7, "country", "SE"));

    Reply swedish = page("?scope=country&country=SE");

    assertThat(Arena.rows(swedish)).containsExactly("1 cid 7", "2 ann 5");
    assertThat(swedish.body().path("entries").asInt()).isEqualTo(2);
    assertThat(swedish.body().at("/items/0/country").asText()).isEqualTo("SE");
    assertThat(Arena.rows(page("?scope=country&country=DK"))).isEmpty();
    assertThat(Arena.rows(page("?scope=country&country=SE&owners=ann,bob")))
        .containsExactly("2 ann 5");
    assertThat(
            Arena.rows(
                arena.ready(
                    arena.anybody(), "/api/leaderboards/race/around/ann?scope=country&limit=2")))
        .containsExactly("1 cid 7", "2 ann 5");
  }

  @Test
  void tellANewNameAtOnce() {
    arena.board("race");
    arena.person("ann");
    arena.score("race", "ann", 5);
    assertThat(page("").body().at("/items/0/displayName").asText()).isEqualTo("Player ann");

    fireside.platform().documents().update("users/ann", Map.of("displayName", "Anna"));
    // What the function that owns profiles does after its commit.
    fireside.platform().redis().call(client -> client.del("user:ann:profile"));

    assertThat(page("").body().at("/items/0/displayName").asText()).isEqualTo("Anna");

    fireside.platform().documents().update("users/ann", Map.of("status", "suspended"));
    fireside.platform().redis().call(client -> client.del("user:ann:profile"));
    assertThat(page("").body().at("/items/0").has("displayName")).isFalse();
    // Until the event has hidden them, they have no name.
    fireside.settle();
    assertThat(Arena.rows(page(""))).isEmpty();
  }

  @Test
  void costTwoRoundTripsAndNoDocumentOnceWarm() {
    arena.board("race", Map.of("scopes", List.of("friends")));
    for (String uid : List.of("ann", "bob", "cid")) {
      arena.person(uid);
      arena.score("race", uid, (int) uid.charAt(0));
    }
    arena.follow("ann", "bob");
    List<String> queries =
        List.of("/scores", "/scores?owners=bob", "/around/bob", "/scores?rank=2");
    for (String query : queries) {
      arena.ready(arena.anybody(), "/api/leaderboards/race" + query);
    }
    fireside.settle();
    for (String query : queries) {
      var before = fireside.counts();

      assertThat(Arena.rows(arena.anybody().get("/api/leaderboards/race" + query))).isNotEmpty();

      var cost = fireside.counts().minus(before);
      assertThat(cost.reads()).as(query).isZero();
      // The rate limit, the ranks and the profiles.
      assertThat(cost.roundTrips()).as(query).isLessThanOrEqualTo(3);
    }
    var ann = arena.as("ann");
    String friends = "/api/leaderboards/race/scores?scope=friends";
    arena.ready(ann, friends);
    var before = fireside.counts();
    assertThat(Arena.rows(ann.get(friends))).hasSize(2);
    var cost = fireside.counts().minus(before);
    assertThat(cost.reads()).isZero();
    // The account's state and whom they follow as well.
    assertThat(cost.roundTrips()).isLessThanOrEqualTo(5);
  }

  @Test
  void areNotSentAgainWhileTheyHaveNotChanged() {
    arena.board("race");
    arena.scores("race", "ann", 5, "bob", 4);
    Reply first = page("?limit=1");
    fireside.clock().advance(Duration.ofSeconds(90));

    var caller = arena.anybody().header("If-None-Match", first.header("ETag").orElseThrow());
    assertThat(caller.get("/api/leaderboards/race/scores?limit=1").status()).isEqualTo(304);
    arena.score("race", "ann", 6);
    assertThat(caller.get("/api/leaderboards/race/scores?limit=1").status()).isEqualTo(200);
  }

  @Test
  void areRightOrNotKnownWhileRedisLosesThemAgainAndAgain() {
    arena.board("race");
    arena.scores("race", "a", 90, "b", 80, "c", 70);
    var wrong = new ConcurrentLinkedQueue<String>();
    Calls.atOnce(
        4,
        i -> {
          for (int round = 0; round < 25; round++) {
            if (i == 0) {
              fireside.flushRedis();
            }
            Reply reply = arena.anybody().get("/api/leaderboards/race/scores?rank=2&limit=1");
            if (reply.status() != 200
                || !(reply.body().path("rebuilding").asBoolean()
                    ? reply.body().path("items").isEmpty() && !reply.body().has("entries")
                    : Arena.rows(reply).equals(List.of("2 b 80"))
                        && reply.body().path("entries").asInt() == 3)) {
              wrong.add(reply.toString());
            }
          }
          return i;
        });

    assertThat(wrong).isEmpty();
    assertThat(Arena.rows(page(""))).containsExactly("1 a 90", "2 b 80", "3 c 70");
  }

  @Test
  void areExactWithDecimals() {
    arena.board("race", Map.of("decimals", 3, "order", "asc"));
    arena.scores("race", "ann", 12.5, "bob", 12.499, "cid", 100);

    assertThat(Arena.rows(page(""))).containsExactly("1 bob 12.499", "2 ann 12.5", "3 cid 100");
  }
}
