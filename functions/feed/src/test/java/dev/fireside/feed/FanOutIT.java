package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.feed.domain.FanOutJob;
import dev.fireside.feed.domain.FanOutMessage;
import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.store.EntryLists;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FanOutIT {
  private static final Executor THREADS = Thread::startVirtualThread;

  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private World world;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    world = new World(fireside);
    world.people("ada", "bob", "cyd", "star");
  }

  @Test
  void eventsThatComeThreeTimesAndShuffledShowEachPostOnce() {
    List<String> readers = readersOf("star", 20);
    fireside.faults().setAll(new Fault(2, Duration.ZERO, Duration.ofMillis(50), 1, 1));
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(world.post("star"));
    }
    fireside.settle();

    for (String reader : readers) {
      assertThat(world.timeline(reader)).isEqualTo(ids);
      assertThat(world.feed(reader, 2)).isEqualTo(ids);
    }
  }

  @Test
  void aWalkThatDiedHalfWayIsFinishedByItsRedelivery() {
    List<String> readers = readersOf("star", 30);
    String id = fireside.platform().ids().next();
    var entry = World.entry(id, "star");
    // What exists when the process dies after ten pushes.
    Stores.of(fireside.platform())
        .timelines()
        .push(readers.subList(0, 10).stream().map(Uid::new).toList(), entry);

    for (int delivery = 0; delivery < 3; delivery++) {
      walk(FanOutMessage.start(FanOutJob.POST, new Uid("star"), entry.encode()));
    }

    for (String reader : readers) {
      assertThat(world.timeline(reader)).containsExactly(id);
    }
  }

  @Test
  void aFollowAndAPostOfTheSameMomentMeetOnce() {
    world.people("reader");
    world.page("reader", "");
    for (int round = 0; round < 100; round++) {
      String author = "author" + round;
      world.people(author);
      var follow = CompletableFuture.runAsync(() -> world.follow("reader", author), THREADS);
      var post = CompletableFuture.runAsync(() -> world.post(author), THREADS);
      CompletableFuture.allOf(follow, post).join();
    }
    fireside.settle();

    assertThat(world.timeline("reader")).hasSize(100).doesNotHaveDuplicates();
    assertThat(world.feed("reader", 30)).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void aFirstReadAndAPostOfTheSameMomentMeetOnce() {
    var ids = new ArrayList<String>();
    for (int round = 0; round < 30; round++) {
      String reader = "reader" + round;
      world.people(reader);
      world.follow(reader, "star");
      var read = CompletableFuture.supplyAsync(() -> world.page(reader, ""), THREADS);
      var post = CompletableFuture.supplyAsync(() -> world.post("star"), THREADS);
      assertThat(read.join().status()).isEqualTo(200);
      ids.addFirst(post.join());
    }
    fireside.settle();

    for (int round = 0; round < 30; round++) {
      assertThat(world.feed("reader" + round, 100)).isEqualTo(ids);
    }
  }

  @Test
  void anUnfollowTakesPostsOutAndAFollowBringsThemBack() {
    world.follow("ada", "bob");
    world.follow("ada", "cyd");
    String bobs = world.post("bob");
    String repost = world.repost("cyd", bobs, "bob");
    fireside.settle();
    assertThat(world.feed("ada", 20)).containsExactly(repost);
    assertThat(world.timeline("ada")).containsExactly(repost, bobs);

    world.unfollow("ada", "bob");
    fireside.settle();
    assertThat(world.timeline("ada")).containsExactly(repost);

    world.follow("ada", "bob");
    fireside.settle();
    assertThat(world.timeline("ada")).containsExactly(repost, bobs);
  }

  @Test
  void aFollowWhileSomebodyLooksBelowATimelineIsNotPassedOver() {
    var lists = Stores.of(fireside.platform()).timelines();
    var ada = new Uid("ada");
    List<PostEntry> entries =
        Stream.generate(() -> World.entry(world.newId(), "bob")).limit(6).sorted().toList();
    String floor = entries.get(1).id();
    lists.begin(ada, "a");
    lists.finish(ada, "a", new Slice(entries.subList(0, 2), floor));
    var below = Map.of(ada, new Slice(entries.subList(2, 4), entries.get(3).id()));

    lists.beginBelow(List.of(ada), "b");
    lists.merge(List.of(ada), new Slice(List.of(), null));
    lists.extendAll("b", floor, below);
    assertThat(lists.read(ada, null, 9).orElseThrow().floor()).isEqualTo(floor);
    lists.beginBelow(List.of(ada), "c");
    lists.extendAll("c", entries.get(0).id(), below);
    assertThat(lists.read(ada, null, 9).orElseThrow().entries()).isEqualTo(entries.subList(0, 4));
  }

  @Test
  void followsThatComeAndGoQuicklyEndAsTheyAre() {
    world.page("ada", "");
    String id = world.post("bob");
    fireside.faults().setAll(Fault.reorder(Duration.ofMillis(100)));
    for (int i = 0; i < 10; i++) {
      world.follow("ada", "bob");
      world.unfollow("ada", "bob");
    }
    fireside.settle();
    assertThat(world.timeline("ada")).isEmpty();

    world.follow("ada", "bob");
    fireside.settle();
    assertThat(world.timeline("ada")).containsExactly(id);
  }

  @Test
  void aPostThatArrivesAfterTheUnfollowIsNotShown() {
    world.follow("ada", "bob");
    fireside.settle();
    world.page("ada", "");
    world.unfollow("ada", "bob");
    fireside.settle();
    String id = world.post("bob");

    Stores.of(fireside.platform())
        .timelines()
        .push(List.of(new Uid("ada")), World.entry(id, "bob"));

    assertThat(world.feed("ada", 20)).isEmpty();
  }

  @Test
  void lostActiveFollowersAreFoundAgainInFollows() {
    List<String> readers = readersOf("star", 25);
    fireside.platform().redis().call(client -> client.del("active:star"));

    String id = world.post("star");
    fireside.settle();

    for (String reader : readers) {
      assertThat(world.timeline(reader)).containsExactly(id);
    }
    assertThat(world.members("active:star")).hasSize(26).contains(":built");
  }

  @Test
  void readersWhoStayAwayAreForgotten() {
    readersOf("star", 3);
    world.post("star");
    fireside.settle();
    fireside.platform().redis().call(client -> client.del("timeline:reader1"));
    fireside.clock().advance(Duration.ofHours(2));

    world.post("star");
    fireside.settle();

    assertThat(world.members("active:star"))
        .containsExactlyInAnyOrder(":built", "reader0", "reader2");
    assertThat(world.hasKey("timeline:reader1")).isFalse();
    assertThat(world.feed("reader1", 20)).hasSize(2);
  }

  @Test
  void aPostToManyDoesNotDelayOneToFew() {
    var redis = fireside.platform().redis();
    Map<String, Double> many = new HashMap<>();
    for (int i = 0; i < 20_500; i++) {
      many.put("follower" + i, 1.0);
    }
    many.put(":built", 0.0);
    redis.call(client -> client.zadd("active:star", many));
    EntryLists timelines = Stores.of(fireside.platform()).timelines();
    timelines.begin(new Uid("follower20499"), "token");
    List<String> readers = readersOf("bob", 10);

    // The walks are taken in turns, as Pub/Sub hands them out.
    var queue = new java.util.ArrayDeque<FanOutMessage>();
    String large = fireside.platform().ids().next();
    String small = fireside.platform().ids().next();
    queue.add(FanOutMessage.start(FanOutJob.POST, new Uid("star"), entry(large, "star")));
    queue.add(FanOutMessage.start(FanOutJob.POST, new Uid("bob"), entry(small, "bob")));
    var fanOut = new CapturedFanOut();
    int legs = 0;
    int legsUntilSmallIsDone = 0;
    while (!queue.isEmpty()) {
      queue.addAll(fanOut.walk(queue.remove()));
      legs++;
      if (legsUntilSmallIsDone == 0
          && readers.stream().allMatch(reader -> world.timeline(reader).contains(small))) {
        legsUntilSmallIsDone = legs;
      }
    }

    assertThat(legsUntilSmallIsDone).isEqualTo(2);
    assertThat(legs).isEqualTo(1 + 21);
    assertThat(world.timeline("follower20499")).containsExactly(large);
  }

  @Test
  void aSuspendedPersonsKeysAreDropped() {
    readersOf("star", 2);
    world.page("star", "");
    world.post("star");
    fireside.settle();

    world.status("star", "suspended");
    fireside.settle();

    assertThat(List.of("timeline:star", "outbox:star", "active:star")).noneMatch(world::hasKey);
    assertThat(world.feed("reader0", 20)).isEmpty();

    world.status("star", "active");
    String id = world.post("star");
    fireside.settle();
    assertThat(world.feed("reader0", 20)).hasSize(2).startsWith(id);
  }

  private static String entry(String id, String author) {
    return World.entry(id, author).encode();
  }

  private void walk(FanOutMessage message) {
    new FanOut(fireside.platform(), Stores.of(fireside.platform())).walk(message);
    fireside.settle();
  }

  private List<String> readersOf(String author, int count) {
    var readers = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String reader = "reader" + i;
      world.people(reader);
      world.follow(reader, author);
      readers.add(reader);
    }
    fireside.settle();
    readers.forEach(reader -> assertThat(world.page(reader, "").status()).isEqualTo(200));
    return readers;
  }

  /// A fan-out whose next legs are handed back instead of being published.
  private static final class CapturedFanOut {
    private final List<FanOutMessage> published = new ArrayList<>();
    private final FanOut fanOut =
        new FanOut(fireside.platform(), Stores.of(fireside.platform()), published::add);

    List<FanOutMessage> walk(FanOutMessage message) {
      published.clear();
      fanOut.walk(message);
      return List.copyOf(published);
    }
  }
}
