package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.FunctionStatus;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Ids;
import dev.fireside.social.domain.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HomeFeedIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private World world;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    world = new World(fireside);
    world.people("ada", "bob", "cyd", "dan");
  }

  @Test
  void showsThePostsOfThoseOneFollowsAndOnesOwn() {
    world.follow("ada", "bob");
    String bobs = world.post("bob");
    world.post("cyd");
    String own = world.post("ada");
    fireside.settle();

    assertThat(world.feed("ada", 20)).containsExactly(own, bobs);
  }

  @Test
  void manyFirstReadsAtOnceAllSeeTheWholeFeed() {
    world.follow("ada", "bob");
    List<String> ids = posts("bob", 5).reversed();
    fireside.settle();

    List<CompletableFuture<Reply>> reads = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      reads.add(
          CompletableFuture.supplyAsync(() -> world.page("ada", ""), Thread::startVirtualThread));
    }

    assertThat(reads)
        .allSatisfy(read -> {
          assertThat(read.join().status()).isEqualTo(200);
          assertThat(read.join().texts("id")).isEqualTo(ids);
        });
    assertThat(world.members("timeline:ada")).hasSize(6).startsWith("0");
  }

  @Test
  void bringsANewPostToThoseWhoHaveReadBefore() {
    world.follow("ada", "bob");
    fireside.settle();
    assertThat(world.feed("ada", 20)).isEmpty();

    String first = world.post("bob");
    fireside.settle();

    assertThat(world.timeline("ada")).containsExactly(first);
    assertThat(world.feed("ada", 20)).containsExactly(first);
  }

  @Test
  void pagesPostsOfOneMillisecondOnceEach() {
    world.follow("ada", "bob");
    String now = Ids.lowest(Instant.now()).substring(0, 10);
    List<String> ids = new ArrayList<>();
    for (String random : List.of("0000000000000001", "0000000000000002", "ZZZZZZZZZZZZZZZZ")) {
      ids.addFirst(world.post(now + random, "bob", Visibility.PUBLIC));
    }
    fireside.settle();

    assertThat(world.feed("ada", 1)).isEqualTo(ids);
    assertThat(world.feed("ada", 2)).isEqualTo(ids);
  }

  @Test
  void whatComesAndGoesBetweenPagesNeitherRepeatsNorHidesWhatIsOlder() {
    world.follow("ada", "bob");
    List<String> ids = posts("bob", 6);
    fireside.settle();
    Reply first = world.page("ada", "limit=2");
    assertThat(first.texts("id")).containsExactly(ids.get(5), ids.get(4));

    world.post("bob");
    world.delete(ids.get(4));
    world.delete(ids.get(3));
    fireside.settle();

    Reply second = world.page("ada", "limit=2&cursor=" + first.nextCursor());
    assertThat(second.texts("id")).containsExactly(ids.get(2), ids.get(1));
    Reply third = world.page("ada", "limit=2&cursor=" + second.nextCursor());
    assertThat(third.texts("id")).containsExactly(ids.get(0));
    assertThat(third.body().has("nextCursor")).isFalse();
  }

  @Test
  void aPageThatIsFilteredAwayIsFilledFromFurtherDown() {
    world.follow("ada", "bob");
    world.follow("ada", "cyd");
    List<String> olds = posts("bob", 3);
    posts("cyd", 150);
    world.mute("ada", "cyd");
    fireside.settle();

    Reply page = world.page("ada", "limit=2");

    assertThat(page.texts("id")).containsExactly(olds.get(2), olds.get(1));
    assertThat(world.feed("ada", 2)).containsExactly(olds.get(2), olds.get(1), olds.get(0));
  }

  @Test
  void aFullLastPageHasNoCursor() {
    world.follow("ada", "bob");
    posts("bob", 4);
    fireside.settle();

    Reply first = world.page("ada", "limit=2");
    Reply last = world.page("ada", "limit=2&cursor=" + first.nextCursor());

    assertThat(last.texts("id")).hasSize(2);
    assertThat(last.body().has("nextCursor")).isFalse();
    assertThat(world.page("ada", "limit=4").body().has("nextCursor")).isFalse();
  }

  @Test
  void thereIsNoCursorWhenAllThatIsLeftIsHidden() {
    world.follow("ada", "bob");
    List<String> ids = posts("bob", 5);
    world.delete(ids.get(0));
    world.delete(ids.get(1));
    world.change(ids.get(2), Map.of("visibility", "private"));
    fireside.settle();

    Reply page = world.page("ada", "limit=2");

    assertThat(page.texts("id")).hasSize(2);
    assertThat(page.body().has("nextCursor")).isFalse();
  }

  @Test
  void foreignForgedAndOldCursorsAreRefused() {
    world.follow("ada", "bob");
    world.follow("cyd", "bob");
    posts("bob", 3);
    fireside.settle();
    String cursor = world.page("ada", "limit=1").nextCursor();

    char flipped = cursor.charAt(30) == 'A' ? 'B' : 'A';
    String forged = cursor.substring(0, 30) + flipped + cursor.substring(31);
    assertThat(world.page("ada", "cursor=" + forged).problem()).isEqualTo("invalid-cursor");
    assertThat(world.page("ada", "cursor=nonsense").problem()).isEqualTo("invalid-cursor");
    assertThat(world.page("cyd", "cursor=" + cursor).problem()).isEqualTo("invalid-cursor");
    assertThat(world.page("ada", "rank=foryou&cursor=" + cursor).problem())
        .isEqualTo("invalid-cursor");
    assertThat(world.page("ada", "cursor=" + cursor).status()).isEqualTo(200);

    fireside.clock().advance(Duration.ofHours(25));
    assertThat(world.page("ada", "cursor=" + cursor).status()).isEqualTo(400);
  }

  @Test
  void refusesWhatItDoesNotKnowByName() {
    assertThat(fireside.http().anonymous().get("/api/feed").status()).isEqualTo(401);
    assertThat(world.page("ada", "rank=best").body().path("detail").asText()).contains("rank");
    assertThat(world.page("ada", "limit=0").body().path("detail").asText()).contains("limit");
    assertThat(world.page("ada", "limit=101").status()).isEqualTo(400);
    assertThat(world.page("ada", "limit=x").status()).isEqualTo(400);
  }

  @Test
  void isEmptyForWhoeverFollowsNobody() {
    Reply page = world.page("dan", "");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.body().path("items").isArray()).isTrue();
    assertThat(page.body().path("items")).isEmpty();
    assertThat(page.body().has("nextCursor")).isFalse();
  }

  @Test
  void answersThatNothingHasChanged() {
    world.follow("ada", "bob");
    world.post("bob");
    fireside.settle();
    Reply page = world.page("ada", "");

    Reply again =
        fireside
            .http()
            .as("ada")
            .header("If-None-Match", page.header("ETag").orElseThrow())
            .get("/api/feed?");

    assertThat(again.status()).isEqualTo(304);
    assertThat(page.header("Cache-Control")).hasValue("private, no-cache");
  }

  @Test
  void sightHoldsForAuthorsRepostersAndTheQuoted() {
    world.follow("ada", "bob");
    String cyds = world.post("cyd");
    String repost = world.repost("bob", cyds, "cyd");
    String quote = world.quote("bob", cyds, "cyd");
    fireside.settle();
    assertThat(world.feed("ada", 20)).containsExactly(quote, repost);

    world.block("cyd", "ada");
    fireside.settle();
    assertThat(world.feed("ada", 20)).isEmpty();
    world.unblock("cyd", "ada");
    fireside.settle();
    assertThat(world.feed("ada", 20)).containsExactly(quote, repost);

    world.mute("ada", "cyd");
    assertThat(world.feed("ada", 20)).isEmpty();
    world.unmute("ada", "cyd");
    assertThat(world.feed("ada", 20)).containsExactly(quote, repost);

    world.change(cyds, Map.of("visibility", "private"));
    assertThat(world.feed("ada", 20)).containsExactly(quote);
    assertThat(
            world.page("ada", "").body().path("items").path(0).path("refUnavailable").asBoolean())
        .isTrue();

    world.status("bob", "suspended");
    fireside.settle();
    assertThat(world.feed("ada", 20)).isEmpty();
    world.status("bob", "active");
    fireside.settle();
    assertThat(world.feed("ada", 20)).containsExactly(quote);
  }

  @Test
  void sightHoldsAllTheWayDown() {
    world.follow("ada", "bob");
    String dans = world.post("dan");
    String quote = world.quote("cyd", dans, "dan");
    String deeper = world.quote("cyd", quote, "cyd");
    String repost = world.repost("bob", deeper, "cyd");
    String quoted = world.quote("bob", quote, "cyd");
    String naming = world.mentioning("bob", "dan");
    String named = world.repost("bob", world.mentioning("cyd", "cyd", "dan"), "cyd");
    String own = world.mentioning("ada", "dan");
    fireside.settle();
    List<String> all = List.of(own, named, naming, quoted, repost);
    assertThat(world.feed("ada", 20)).isEqualTo(all);

    for (String[] pair : new String[][] {{"ada", "dan"}, {"dan", "ada"}}) {
      world.block(pair[0], pair[1]);
      fireside.settle();
      assertThat(world.feed("ada", 20)).containsExactly(own);
      world.unblock(pair[0], pair[1]);
      fireside.settle();
      assertThat(world.feed("ada", 20)).isEqualTo(all);
    }
    world.mute("ada", "dan");
    assertThat(world.feed("ada", 20)).containsExactly(own);
    assertThat(world.walk("ada", "/api/feed?rank=foryou")).containsExactly(own);
    world.unmute("ada", "dan");

    // What is not shown itself is not asked for: a quote of what cannot be seen has its own words.
    world.delete(dans);
    assertThat(world.feed("ada", 20)).isEqualTo(all);
    world.change(quote, Map.of("visibility", "private"));
    assertThat(world.feed("ada", 20)).isEqualTo(all);
    world.change(deeper, Map.of("status", "hidden"));
    assertThat(world.feed("ada", 20)).containsExactly(own, named, naming, quoted);
  }

  @Test
  void aPostComesOnceHoweverOftenItIsReposted() {
    String[] reposters = {"r1", "r2", "r3", "r4", "r5", "r6"};
    world.people(reposters);
    world.follow("ada", "bob");
    String old = world.post("bob");
    List<String> between = posts("bob", 3).reversed();
    for (String reposter : reposters) {
      world.follow("ada", reposter);
      world.repost(reposter, old, "bob");
    }
    String quote = world.quote("r1", old, "bob");
    String last = world.repost("ada", old, "bob");
    fireside.settle();

    Reply page = world.page("ada", "");
    List<String> all = new ArrayList<>(List.of(last, quote));
    all.addAll(between);
    assertThat(page.texts("id")).isEqualTo(all);
    JsonNode by = page.body().path("items").path(0).path("repostedBy");
    assertThat(by.path("count").asLong()).isEqualTo(7);
    assertThat(by.path("people").findValuesAsText("uid")).containsExactly("ada", "r6", "r5");
    assertThat(page.body().path("items").path(1).has("repostedBy")).isFalse();
    assertThat(page.body().has("nextCursor")).isFalse();
    for (int limit : List.of(1, 2, 4)) {
      assertThat(world.feed("ada", limit)).isEqualTo(all);
      assertThat(world.walk("ada", "/api/feed?rank=foryou&limit=" + limit))
          .doesNotHaveDuplicates()
          .hasSize(5)
          .containsAll(between)
          .contains(quote);
    }

    world.mute("ada", "r6");
    by = world.page("ada", "").body().path("items").path(0).path("repostedBy");
    assertThat(by.path("count").asLong()).isEqualTo(6);
    assertThat(by.path("people").findValuesAsText("uid")).containsExactly("ada", "r5", "r4");
  }

  @Test
  void blocksHoldBothWays() {
    world.follow("ada", "bob");
    world.follow("bob", "ada");
    world.post("ada");
    world.post("bob");
    fireside.settle();
    assertThat(world.feed("ada", 20)).hasSize(2);
    assertThat(world.feed("bob", 20)).hasSize(2);

    world.block("ada", "bob");
    fireside.settle();

    assertThat(world.feed("ada", 20)).hasSize(1);
    assertThat(world.feed("bob", 20)).hasSize(1);
    assertThat(world.timeline("ada")).hasSize(1);
    assertThat(world.timeline("bob")).hasSize(1);
  }

  @Test
  void followersOnlyPostsComeToFollowersOnly() {
    world.follow("ada", "bob");
    world.follow("cyd", "dan");
    String id = world.post(fireside.platform().ids().next(), "bob", Visibility.FOLLOWERS);
    world.repost("dan", id, "bob");
    fireside.settle();

    assertThat(world.feed("ada", 20)).containsExactly(id);
    assertThat(world.feed("cyd", 20)).isEmpty();
  }

  @Test
  void aHiddenPostIsStillSeenByItsAuthor() {
    world.follow("ada", "bob");
    String id = world.post("bob");
    world.change(id, Map.of("status", "hidden"));
    fireside.settle();

    assertThat(world.feed("ada", 20)).isEmpty();
    assertThat(world.feed("bob", 20)).containsExactly(id);
  }

  @Test
  void aHundredFollowsAndUnfollowsAtOnceAreSyncedWithoutBeingDeliveredAgain() {
    String bobs = world.post("bob");
    fireside.settle();
    assertThat(world.feed("ada", 20)).isEmpty();
    long before = redelivered();

    Calls.atOnce(
        100,
        i -> {
          if (i % 2 == 0) {
            world.follow("ada", "bob");
          } else {
            world.unfollow("ada", "bob");
          }
          return i;
        });
    fireside.settle();

    boolean follows = world.exists("follows/ada:bob");
    assertThat(world.timeline("ada")).isEqualTo(follows ? List.of(bobs) : List.of());
    assertThat(redelivered()).isEqualTo(before);
  }

  private static long redelivered() {
    return fireside.project().functions().stream().mapToLong(FunctionStatus::retries).sum();
  }

  @Test
  void goesOnBelowWhatATimelineHolds() {
    world.follow("ada", "bob");
    world.follow("ada", "cyd");
    fireside.settle();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      ids.addFirst(world.post(i % 3 == 0 ? "cyd" : "bob"));
      if (i == 100) {
        fireside.settle();
        assertThat(world.feed("ada", 100)).hasSize(101);
      }
    }
    fireside.settle();

    assertThat(world.timeline("ada")).hasSize(800);
    assertThat(world.feed("ada", 90)).isEqualTo(ids);
  }

  private List<String> posts(String author, int count) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      ids.add(world.post(author));
    }
    return ids;
  }
}
