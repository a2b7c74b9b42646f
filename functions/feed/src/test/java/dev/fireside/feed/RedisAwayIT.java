package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.feed.domain.FanOutJob;
import dev.fireside.feed.domain.FanOutMessage;
import dev.fireside.shared.redis.RedisUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisAwayIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .retrying(
              new RetryPolicy(
                  Duration.ofMillis(100), Duration.ofSeconds(1), 1_000, Duration.ofHours(1)));

  private World world;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    world = new World(fireside);
    world.people("ada", "bob", "cyd");
  }

  @AfterEach
  void bringRedisBack() {
    fireside.restartRedis();
  }

  @Test
  void pagesGoOnFromFirestoreWhereRedisEndedAndBack() {
    world.follow("ada", "bob");
    world.follow("ada", "cyd");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.addFirst(world.post(i % 2 == 0 ? "bob" : "cyd"));
    }
    fireside.settle();
    Reply first = world.page("ada", "limit=2");

    fireside.killRedis();
    Reply second = world.page("ada", "limit=2&cursor=" + first.nextCursor());
    fireside.restartRedis();
    Reply third = world.page("ada", "limit=2&cursor=" + second.nextCursor());

    assertThat(first.texts("id")).isEqualTo(ids.subList(0, 2));
    assertThat(second.texts("id")).isEqualTo(ids.subList(2, 4));
    assertThat(third.texts("id")).isEqualTo(ids.subList(4, 6));
    assertThat(third.body().has("nextCursor")).isFalse();
  }

  @Test
  void whatIsWrittenMeanwhileIsThereAtOnceAndAfterwards() {
    world.follow("ada", "bob");
    String before = world.post("bob");
    fireside.settle();
    assertThat(world.feed("ada", 20)).containsExactly(before);

    fireside.killRedis();
    String meanwhile = world.post("bob");
    world.follow("ada", "cyd");
    String cyds = world.post("cyd");
    assertThat(world.feed("ada", 1)).containsExactly(cyds, meanwhile, before);

    fireside.restartRedis();
    assertThat(world.feed("ada", 20)).containsExactly(cyds, meanwhile, before);
    fireside.settle();
    assertThat(world.feed("ada", 20)).containsExactly(cyds, meanwhile, before);
    String after = world.post("bob");
    fireside.settle();
    assertThat(world.feed("ada", 20)).containsExactly(after, cyds, meanwhile, before);
    assertThat(world.timeline("ada")).startsWith(after);
  }

  @Test
  void aPostThatCannotBeDeliveredIsToldAgain() {
    var deliver = new DeliverPost(fireside.platform(), Stores.of(fireside.platform()));
    var walk = new FanOut(fireside.platform(), Stores.of(fireside.platform()));
    var entry = World.entry(fireside.platform().ids().next(), "bob");

    fireside.killRedis();

    // A Redis that is only out of reach still holds timelines that would lack the post.
    assertThatExceptionOfType(RedisUnavailableException.class)
        .isThrownBy(() -> deliver.deliver(entry));
    assertThatExceptionOfType(RedisUnavailableException.class)
        .isThrownBy(
            () -> walk.walk(FanOutMessage.start(FanOutJob.POST, entry.author(), entry.encode())));
  }

  @Test
  void theRankedFeedAndTheListsForEverybodyGoOnToo() {
    world.follow("ada", "bob");
    String bobs = world.post("bob");
    String hot = world.hot("cyd", 5);
    String tagged = world.tagged("cyd", "tea");
    fireside.settle();
    Reply ranked = world.page("ada", "rank=foryou&limit=1");
    assertThat(ranked.status()).isEqualTo(200);

    fireside.killRedis();

    assertThat(world.walk("ada", "/api/feed?rank=foryou")).containsExactly(bobs);
    assertThat(world.walk("ada", "/api/trending")).containsExactly(hot);
    assertThat(world.walk("ada", "/api/hashtags/tea")).containsExactly(tagged);
    assertThat(world.page("ada", "rank=foryou&cursor=" + ranked.nextCursor()).problem())
        .isEqualTo("invalid-cursor");
  }
}
