package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FollowsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Town town = new Town(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void followsAndUnfollowsHoweverOftenItIsAsked() {
    town.people("ann", "bob");
    var ann = town.as("ann");

    assertThat(ann.put("/api/users/bob/follow").status()).isEqualTo(204);
    assertThat(ann.put("/api/users/bob/follow").status()).isEqualTo(204);
    assertThat(town.follows("ann", "bob")).isTrue();
    fireside.settle();
    assertThat(town.count("ann", "following")).isOne();
    assertThat(town.count("bob", "followers")).isOne();
    assertThat(town.count("bob", "following")).isZero();
    assertThat(ann.get("/api/users/bob").body().path("counts").path("followers").asLong()).isOne();

    assertThat(ann.delete("/api/users/@bob/follow").status()).isEqualTo(204);
    assertThat(ann.delete("/api/users/bob/follow").status()).isEqualTo(204);
    assertThat(town.follows("ann", "bob")).isFalse();
    fireside.settle();
    assertThat(town.count("ann", "following")).isZero();
    assertThat(town.count("bob", "followers")).isZero();
  }

  @Test
  void refusesIdsOfWhichNamesWouldBeMadeThatFirestoreKeeps() {
    town.people("ann", "b__");
    assertThat(town.as("__a").put("/api/users/b__/follow").status()).isEqualTo(401);
    assertThat(town.as("b__").put("/api/users/__a/follow").status()).isEqualTo(404);
    assertThat(town.as("ann").put("/api/users/b__/follow").status()).isEqualTo(204);
  }

  @Test
  void costsTwoWritesAndThreeReads() {
    town.people("ann", "bob");
    fireside.settle();
    var ann = town.as("ann");
    ann.get("/api/users/bob");
    ann.get("/api/users/me");
    fireside.faults().holdAll();
    var before = fireside.counts();

    ann.put("/api/users/bob/follow");

    var cost = fireside.counts().minus(before);
    // The follow, and its place in the list.
    assertThat(cost.writes()).isEqualTo(2);
    assertThat(cost.reads()).isLessThanOrEqualTo(3);
    fireside.faults().clear();
    fireside.settle();
  }

  @Test
  void keepsTheListOfFollowsAsItsDocumentsAre() {
    town.people("ann", "bob", "cid");
    for (boolean made : new boolean[] {true, false}) {
      town.as("ann").put("/api/users/bob/follow");
      town.as("ann").put("/api/users/cid/follow");
      town.as("cid").put("/api/users/ann/follow");
      assertThat(followees("ann")).containsExactly("bob", "cid");
      if (!made) {
        // Of somebody who followed people before there were lists.
        town.documents().delete("followLists/ann");
        town.documents().delete("followLists/cid");
      }

      town.as("ann").delete("/api/users/bob/follow");
      town.as("cid").put("/api/users/ann/block");
      fireside.settle();

      assertThat(followees("ann")).isEmpty();
      assertThat(followees("cid")).isEmpty();
      assertThat(town.documents().list(town.documents().collection("follows"))).isEmpty();
      town.as("cid").delete("/api/users/ann/block");
      fireside.settle();
    }
  }

  private List<String> followees(String uid) {
    return town.document("followLists/" + uid).fields().texts("followees");
  }

  @Test
  void refusesWhomNobodyCanFollow() {
    town.people("ann", "gone", "banned", "wall", "walled");
    town.documents().update("users/banned", Map.of("status", "suspended"));
    town.documents().set("users/gone", Map.of("status", "deleted"));
    town.link("blocks", "wall", "ann");
    town.link("blocks", "ann", "walled");
    fireside.settle();
    var ann = town.as("ann");

    for (String target : List.of("nobody", "gone", "banned", "wall", "walled", "@nobody")) {
      assertThat(ann.put("/api/users/" + target + "/follow").status()).as(target).isEqualTo(404);
    }
    assertThat(ann.put("/api/users/ann/follow").status()).isEqualTo(409);
    assertThat(ann.put("/api/users/me/follow").status()).isEqualTo(409);
    assertThat(town.as("new").put("/api/users/ann/follow").status()).isEqualTo(409);
    assertThat(fireside.http().anonymous().put("/api/users/ann/follow").status()).isEqualTo(401);
    assertThat(town.documents().list(town.documents().collection("follows"))).isEmpty();
  }

  @Test
  void endsAHundredCallsAtOnceInOneState() {
    town.people("ann", "bob", "cid");
    var ann = town.as("ann");
    var cid = town.as("cid");

    List<Reply> replies =
        Calls.atOnce(
            200,
            i ->
                switch (i % 4) {
                  case 0 -> ann.put("/api/users/bob/follow");
                  case 1 -> ann.delete("/api/users/bob/follow");
                  default -> cid.put("/api/users/bob/follow");
                });
    fireside.settle();

    assertThat(replies).extracting(Reply::status).containsOnly(204);
    boolean follows = town.exists("follows/ann:bob");
    assertThat(town.follows("ann", "bob")).isEqualTo(follows);
    assertThat(town.exists("follows/cid:bob")).isTrue();
    assertThat(town.count("ann", "following")).isEqualTo(follows ? 1 : 0);
    assertThat(town.count("bob", "followers")).isEqualTo(follows ? 2 : 1);
  }

  @Test
  void countsABurstOfFollowersRightAndSeldom() {
    String[] fans = IntStream.range(0, 100).mapToObj(i -> "fan" + i).toArray(String[]::new);
    town.people(fans);
    town.people("star");
    fireside.settle();
    var before = fireside.counts();

    town.linkAll("follows", List.of(fans).stream().map(fan -> List.of(fan, "star")).toList());
    fireside.settle();

    assertThat(town.count("star", "followers")).isEqualTo(100);
    assertThat(town.count("fan99", "following")).isOne();
    // One for each fan, and few for the star.
    assertThat(fireside.counts().minus(before).writes()).isBetween(101L, 100L + 20 + 100);
  }

  @Test
  void listsFollowersNewestFirstAndEndsWhenNobodyIsLeft() {
    town.people("star", "f1", "f2", "f3", "f4");
    town.linkAll("follows", follow("f1", "f2", "f3", "f4"));
    var anonymous = fireside.http().anonymous();

    assertThat(anonymous.pages("/api/users/star/followers?limit=1", "uid"))
        .containsExactly(List.of("f4"), List.of("f3"), List.of("f2"), List.of("f1"));
    assertThat(anonymous.pages("/api/users/@star/followers?limit=2", "uid"))
        .containsExactly(List.of("f4", "f3"), List.of("f2", "f1"));
    assertThat(anonymous.pages("/api/users/star/followers?limit=3", "uid"))
        .containsExactly(List.of("f4", "f3", "f2"), List.of("f1"));
    assertThat(anonymous.pages("/api/users/f1/following?limit=4", "uid"))
        .containsExactly(List.of("star"));
    assertThat(anonymous.pages("/api/users/star/following?limit=4", "uid"))
        .containsExactly(List.of());
    assertThat(anonymous.get("/api/users/nobody/followers").status()).isEqualTo(404);
  }

  @Test
  void fillsPagesUpWithWhomTheViewerMaySee() {
    String[] fans = IntStream.range(0, 60).mapToObj(i -> "fan" + i).toArray(String[]::new);
    town.people(fans);
    town.people("star", "ann");
    town.linkAll("follows", follow(fans));
    town.documents().update("users/fan59", Map.of("status", "suspended"));
    town.documents().set("users/fan58", Map.of("status", "deleted"));
    for (int i = 2; i < 57; i++) {
      town.link("blocks", i % 2 == 0 ? "ann" : "fan" + i, i % 2 == 0 ? "fan" + i : "ann");
    }
    fireside.settle();
    var ann = town.as("ann");

    assertThat(ann.pages("/api/users/star/followers?limit=2", "uid"))
        .containsExactly(List.of("fan57", "fan1"), List.of("fan0"));
    assertThat(ann.pages("/api/users/star/followers?limit=3", "uid"))
        .containsExactly(List.of("fan57", "fan1", "fan0"));
    // The last one of a full page has only people behind them whom nobody sees.
    assertThat(ann.pages("/api/users/star/followers?limit=1", "uid"))
        .containsExactly(List.of("fan57"), List.of("fan1"), List.of("fan0"));
  }

  @Test
  void neitherRepeatsNorSkipsWhilePeopleComeAndGo() {
    town.people("star", "f1", "f2", "f3", "f4", "f5");
    town.linkAll("follows", follow("f1", "f2", "f3", "f4"));
    var anonymous = fireside.http().anonymous();

    Reply first = anonymous.get("/api/users/star/followers?limit=2");
    town.link("follows", "f5", "star");
    town.as("f3").delete("/api/users/star/follow");
    Reply second =
        anonymous.get(
            "/api/users/star/followers?limit=2&cursor=" + first.body().path("nextCursor").asText());

    assertThat(first.texts("uid")).containsExactly("f4", "f3");
    assertThat(second.texts("uid")).containsExactly("f2", "f1");
    assertThat(second.body().has("nextCursor")).isFalse();
  }

  @Test
  void takesACursorOnlyForItsListAndItsReader() {
    town.people("star", "f1", "f2", "moon");
    town.linkAll("follows", follow("f1", "f2"));
    var ann = town.as("ann");
    String cursor = ann.get("/api/users/star/followers?limit=1").body().path("nextCursor").asText();

    assertThat(ann.get("/api/users/star/followers?cursor=" + cursor).status()).isEqualTo(200);
    for (Reply reply :
        List.of(
            ann.get("/api/users/moon/followers?cursor=" + cursor),
            ann.get("/api/users/star/following?cursor=" + cursor),
            ann.get("/api/users/me/blocks?cursor=" + cursor),
            town.as("bob").get("/api/users/star/followers?cursor=" + cursor),
            fireside.http().anonymous().get("/api/users/star/followers?cursor=" + cursor),
            ann.get("/api/users/star/followers?cursor=" + cursor + "x"),
            ann.get("/api/users/star/followers?cursor=nonsense"))) {
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.problem()).isEqualTo("invalid-cursor");
    }
    assertThat(ann.get("/api/users/star/followers?limit=0").status()).isEqualTo(400);
    assertThat(ann.get("/api/users/star/followers?limit=101").status()).isEqualTo(400);
    assertThat(ann.get("/api/users/star/followers?limit=x").status()).isEqualTo(400);
  }

  @Test
  void healsWhatADeadProcessLeftBetweenCommitAndRedis() {
    town.people("ann", "bob");
    assertThat(town.follows("ann", "bob")).isFalse();

    town.link("follows", "ann", "bob");
    fireside.settle();
    assertThat(town.follows("ann", "bob")).isTrue();
    assertThat(town.count("bob", "followers")).isOne();

    town.endFollow("ann", "bob");
    fireside.settle();
    assertThat(town.follows("ann", "bob")).isFalse();
    assertThat(town.count("bob", "followers")).isZero();
    assertThat(town.relations().following(new Uid("ann"))).isEmpty();
  }

  private static List<List<String>> follow(String... fans) {
    return List.of(fans).stream().map(fan -> List.of(fan, "star")).toList();
  }
}
