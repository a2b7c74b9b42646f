package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.feed.domain.FanOutState;
import dev.fireside.feed.domain.FanOutState.Mode;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PullModeIT {
  private static final int THRESHOLD = 10;
  private static final Uid STAR = new Uid("star");

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("FEED_PULL_THRESHOLD", Integer.toString(THRESHOLD)));

  private World world;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    // What the process keeps of pulled authors is of another test.
    fireside.clock().advance(Duration.ofMinutes(5));
    world = new World(fireside);
    world.people("star", "bob");
  }

  @Test
  void anAuthorWithManyActiveFollowersIsPulled() {
    List<String> readers = readers(THRESHOLD + 1);
    String last = postAndPass();
    assertThat(mode()).isEqualTo(Mode.PULL);

    String pulled = world.post("star");
    fireside.settle();
    passSeconds(5);

    assertThat(world.timeline(readers.getFirst())).containsExactly(last);
    for (String reader : readers) {
      assertThat(world.feed(reader, 1)).containsExactly(pulled, last);
    }
  }

  @Test
  void nothingIsLostOrDoubledOnTheWayToPullAndBack() {
    List<String> readers = readers(THRESHOLD + 1);
    world.follow(readers.getFirst(), "bob");
    fireside.settle();
    List<String> ids = new ArrayList<>();
    ids.addFirst(world.post("star"));
    ids.addFirst(world.post("bob"));
    fireside.settle();
    assertThat(mode()).isEqualTo(Mode.PULL);
    ids.addFirst(world.post("star"));
    fireside.settle();
    assertFirstSees(readers, ids);

    fireside.clock().advance(FanOutState.GRACE.plusSeconds(1));
    ids.addFirst(world.post("star"));
    ids.addFirst(world.post("bob"));
    ids.addFirst(world.post("star"));
    fireside.settle();
    passSeconds(5);
    assertThat(world.timeline(readers.getFirst())).hasSize(4);
    assertFirstSees(readers, ids);

    // A post sets off the way back: fewer than 80 % of the threshold are left.
    for (String reader : readers.subList(7, readers.size())) {
      world.unfollow(reader, "star");
    }
    fireside.settle();
    ids.addFirst(world.post("star"));
    fireside.settle();
    assertThat(mode()).isEqualTo(Mode.PUSH);
    ids.addFirst(world.post("star"));
    fireside.settle();
    passSeconds(5);

    assertThat(world.timeline(readers.getFirst())).isEqualTo(ids);
    assertFirstSees(readers, ids);
    assertThat(world.members("pull")).containsExactly(":built");
  }

  @Test
  void staysPulledBetweenTheTwoThresholds() {
    List<String> readers = readers(THRESHOLD + 1);
    postAndPass();
    world.unfollow(readers.get(0), "star");
    world.unfollow(readers.get(1), "star");
    fireside.settle();

    postAndPass();

    assertThat(mode()).isEqualTo(Mode.PULL);
  }

  @Test
  void theReviewNoticesThatFollowersStoppedReading() {
    List<String> readers = readers(THRESHOLD + 1);
    String first = postAndPass();
    String pulled = world.post("star");
    fireside.settle();
    for (String reader : readers.subList(5, readers.size())) {
      fireside.platform().redis().call(client -> client.del("timeline:" + reader));
    }
    fireside.clock().advance(Duration.ofHours(2));

    fireside.fire("feed-review");
    fireside.settle();

    assertThat(mode()).isEqualTo(Mode.PUSH);
    assertThat(world.timeline(readers.getFirst())).containsExactly(pulled, first);
    for (String reader : readers) {
      assertThat(world.feed(reader, 20)).containsExactly(pulled, first);
    }
  }

  @Test
  void aWayBackThatWasBrokenOffIsTakenUp() {
    List<String> readers = readers(THRESHOLD + 1);
    String first = postAndPass();
    String pulled = world.post("star");
    fireside.settle();
    // One fewer than too many, so that nothing switches the author by itself.
    world.unfollow(readers.getLast(), "star");
    fireside.settle();
    assertThat(Stores.of(fireside.platform()).fanOuts().startReturn(STAR)).isTrue();
    String both = world.post("star");
    fireside.settle();
    assertThat(world.timeline(readers.getFirst())).containsExactly(both, first);

    fireside.fire("feed-review");
    fireside.settle();

    assertThat(mode()).isEqualTo(Mode.PUSH);
    assertThat(world.timeline(readers.getFirst())).containsExactly(both, pulled, first);
  }

  @Test
  void pulledPostsAreThereAfterRedisLostAll() {
    List<String> readers = readers(THRESHOLD + 1);
    String first = postAndPass();
    String pulled = world.post("star");
    fireside.settle();

    fireside.flushRedis();
    String later = world.post("star");
    fireside.settle();
    passSeconds(5);

    for (String reader : readers) {
      assertThat(world.feed(reader, 2)).containsExactly(later, pulled, first);
    }
    assertThat(mode()).isEqualTo(Mode.PULL);
  }

  @Test
  void thePageGoesOnBelowWhatIsKeptOfAnOutbox() {
    List<String> readers = readers(THRESHOLD + 1);
    List<String> ids = new ArrayList<>(List.of(postAndPass()));
    for (int i = 0; i < 130; i++) {
      ids.addFirst(world.post("star"));
    }
    fireside.settle();
    passSeconds(5);

    assertThat(world.feed(readers.getFirst(), 25)).isEqualTo(ids);
    assertThat(world.feed("bob", 25)).isEmpty();
  }

  private void assertFirstSees(List<String> readers, List<String> ids) {
    assertThat(world.feed(readers.getFirst(), 2)).isEqualTo(ids);
    assertThat(world.feed(readers.getFirst(), 50)).isEqualTo(ids);
  }

  /// A post, and the time until it is certain that later ones are not pushed.
  private String postAndPass() {
    String id = world.post("star");
    fireside.settle();
    fireside.clock().advance(FanOutState.GRACE.plusSeconds(1));
    return id;
  }

  /// The few seconds that readers keep what they know of pulled authors.
  private static void passSeconds(int seconds) {
    fireside.clock().advance(Duration.ofSeconds(seconds));
  }

  private static Mode mode() {
    return Stores.of(fireside.platform()).fanOuts().state(STAR).mode();
  }

  private List<String> readers(int count) {
    var readers = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String reader = "reader" + i;
      world.people(reader);
      world.follow(reader, "star");
      readers.add(reader);
    }
    fireside.settle();
    readers.forEach(reader -> assertThat(world.page(reader, "").status()).isEqualTo(200));
    return readers;
  }
}
