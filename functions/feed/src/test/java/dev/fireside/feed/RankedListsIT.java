package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.feed.store.Trends;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PostAssembler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RankedListsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  /// A process keeps its list of trending posts for longer than a test takes.
  private static final Duration LIST_KEPT = Duration.ofSeconds(4);

  private static int tests;

  private World world;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    tests++;
    // A test may wait for another list once.
    fireside.clock().advance(LIST_KEPT.multipliedBy(2L * tests));
    world = new World(fireside);
    world.people("ada", "bob", "cyd", "dan");
  }

  @Test
  void theRankedFeedShowsEverythingOnceInWhateverPages() {
    world.follow("ada", "bob");
    world.follow("ada", "cyd");
    var all = new HashSet<String>();
    for (int i = 0; i < 25; i++) {
      all.add(world.post(i % 2 == 0 ? "bob" : "cyd"));
    }
    all.add(world.hot("dan", 9));
    fireside.settle();

    for (int limit : List.of(1, 7, 26, 50)) {
      assertThat(world.walk("ada", "/api/feed?rank=foryou&limit=" + limit))
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(all);
    }
  }

  @Test
  void theRankedFeedStaysAsItWasWhileItIsPaged() {
    world.follow("ada", "bob");
    world.follow("ada", "cyd");
    List<String> bobs = posts("bob", 4);
    posts("cyd", 4);
    fireside.settle();
    Reply first = world.page("ada", "rank=foryou&limit=3");
    List<String> rest =
        world.page("ada", "rank=foryou&limit=50&cursor=" + first.nextCursor()).texts("id");

    posts("cyd", 5);
    world.change(bobs.get(0), Map.of("counts", Map.of("like", 1_000)));
    fireside.settle();

    Reply again = world.page("ada", "rank=foryou&limit=50&cursor=" + first.nextCursor());
    assertThat(again.texts("id")).isEqualTo(rest).hasSize(5);
    assertThat(again.body().has("nextCursor")).isFalse();
  }

  @Test
  void belowTheRankingTheFeedGoesOnByTime() {
    world.follow("ada", "bob");
    List<String> ids = posts("bob", 320).reversed();
    fireside.settle();

    List<String> feed = world.walk("ada", "/api/feed?rank=foryou&limit=50");

    assertThat(feed).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(feed.subList(300, 320)).isEqualTo(ids.subList(300, 320));
  }

  @Test
  void aRankingThatIsNotKeptAnyMoreIsAnInvalidCursor() {
    world.follow("ada", "bob");
    posts("bob", 3);
    fireside.settle();
    Reply first = world.page("ada", "rank=foryou&limit=1");

    fireside.flushRedis();

    Reply second = world.page("ada", "rank=foryou&limit=1&cursor=" + first.nextCursor());
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.problem()).isEqualTo("invalid-cursor");
  }

  @Test
  void aRankingThatFailsIsNewestFirst() {
    world.follow("ada", "bob");
    List<String> ids = posts("bob", 5).reversed();
    fireside.settle();
    var platform = fireside.platform();
    var stores = Stores.of(platform);
    var assembler = new PostAssembler(platform);
    var readForYou =
        new ReadForYou(
            platform,
            new HomeSource(platform, stores),
            new Trends(platform, stores.posts()),
            assembler,
            new Pager(assembler),
            (candidates, now) -> {
              throw new IllegalStateException("The scorer is broken");
            });

    Pager.Filled page = readForYou.read(new Uid("ada"), null, 3);

    assertThat(page.items().stream().map(PostView::id)).isEqualTo(ids.subList(0, 3));
    assertThat(readForYou.read(new Uid("ada"), page.next(), 3).items().stream().map(PostView::id))
        .isEqualTo(ids.subList(3, 5));
  }

  @Test
  void trendingShowsTheHottestPostOfEachAuthorToEverybody() {
    String bobs = world.hot("bob", 5);
    world.hot("bob", 4);
    String cyds = world.hot("cyd", 7);
    String dans = world.hot("dan", 3);
    String secret = world.hot("ada", 9);
    world.change(secret, Map.of("visibility", "private"));
    world.post("ada");
    fireside.settle();

    assertThat(world.walk(null, "/api/trending")).containsExactly(cyds, bobs, dans);
    assertThat(world.walk(null, "/api/trending?limit=1")).containsExactly(cyds, bobs, dans);
    assertThat(world.walk("ada", "/api/trending?limit=2")).containsExactly(cyds, bobs, dans);
    Reply page = fireside.http().anonymous().get("/api/trending");
    assertThat(page.header("Cache-Control").orElseThrow()).startsWith("public");
    assertThat(page.header("Vary").orElseThrow()).contains("Authorization");
    assertThat(page.header("ETag")).isPresent();
  }

  @Test
  void trendingIsPagedInTheListItBeganWith() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      world.people("author" + i);
      ids.add(world.hot("author" + i, 100 - i));
    }
    Reply first = fireside.http().anonymous().get("/api/trending?limit=2");
    world.change(ids.get(5), Map.of("heat", 1_000.0));
    world.change(ids.get(0), Map.of("heat", 1.0));
    fireside.platform().redis().call(client -> client.del("trending"));

    Reply rest = fireside.http().anonymous().get("/api/trending?cursor=" + first.nextCursor());

    assertThat(rest.texts("id")).isEqualTo(ids.subList(2, 6));

    fireside.flushRedis();
    fireside.clock().advance(LIST_KEPT);
    Reply below = fireside.http().anonymous().get("/api/trending?cursor=" + first.nextCursor());
    assertThat(below.texts("id")).containsExactly(ids.get(2), ids.get(3), ids.get(4), ids.get(0));
  }

  @Test
  void trendingLeavesOutWhomTheReaderMutesOrBlocks() {
    world.hot("bob", 5);
    world.hot("cyd", 7);
    String dans = world.hot("dan", 3);
    world.mute("ada", "bob");
    world.block("cyd", "ada");

    assertThat(world.walk("ada", "/api/trending?limit=1")).containsExactly(dans);
  }

  @Test
  void hashtagsAreFoundHoweverTheyAreWritten() {
    String first = world.tagged("bob", "straße", "tea");
    String second = world.tagged("cyd", "straße");
    String gone = world.tagged("dan", "straße");
    world.delete(gone);
    String shy = world.tagged("dan", "straße");
    world.change(
        shy, Map.of("visibility", Visibility.FOLLOWERS.name().toLowerCase(java.util.Locale.ROOT)));

    for (String spelling : List.of("straße", "STRAßE", "#Straße", "ｓｔｒａße")) {
      assertThat(world.walk(null, tagPath(spelling) + "?limit=1")).containsExactly(second, first);
    }
    assertThat(world.walk("ada", tagPath("tea"))).containsExactly(first);
    assertThat(world.walk(null, tagPath("nothing"))).isEmpty();
    for (String wrong : List.of("a b", "é!", "#", "x".repeat(101), "<b>")) {
      Reply reply = fireside.http().anonymous().get(tagPath(wrong));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.body().path("errors").path(0).path("field").asText()).isEqualTo("tag");
    }
  }

  @Test
  void aHashtagPageThatIsFilteredAwayIsFilledFromFurtherDown() {
    List<String> olds = List.of(world.tagged("bob", "tea"), world.tagged("bob", "tea"));
    for (int i = 0; i < 30; i++) {
      world.tagged("cyd", "tea");
    }
    world.block("ada", "cyd");

    Reply page = fireside.http().as("ada").get("/api/hashtags/tea?limit=2");

    assertThat(page.texts("id")).isEqualTo(olds.reversed());
    assertThat(page.body().has("nextCursor")).isFalse();
    String cursor = fireside.http().as("ada").get("/api/hashtags/tea?limit=1").nextCursor();
    assertThat(fireside.http().as("ada").get("/api/hashtags/milk?cursor=" + cursor).problem())
        .isEqualTo("invalid-cursor");
  }

  private static String tagPath(String tag) {
    return "/api/hashtags/" + URLEncoder.encode(tag, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private List<String> posts(String author, int count) {
    var ids = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      ids.add(world.post(author));
    }
    return ids;
  }
}
