package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What things cost, by counting: pages over HTTP, beyond what the filters of every request cost.
class BudgetIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("FEED_PULL_THRESHOLD", "3"));

  private World world;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    fireside.clock().advance(Duration.ofMinutes(5));
    world = new World(fireside);
    world.people("ada", "star");
  }

  @Test
  void aWarmPageTakesTwoRoundTripsAndNoReads() {
    followed(30);
    read("");

    Counts cost = costOfPage("");

    assertThat(cost.roundTrips()).isEqualTo(2);
    assertThat(cost.reads()).isZero();
    assertThat(cost.writes()).isZero();
  }

  @Test
  void aWarmPageWithPulledAuthorsTakesTwoRoundTripsAndNoReads() {
    followed(5);
    for (String reader : List.of("r1", "r2", "r3", "r4", "ada")) {
      world.people(reader);
      world.follow(reader, "star");
      fireside.settle();
      world.page(reader, "");
    }
    world.post("star");
    fireside.settle();
    fireside.clock().advance(Duration.ofMinutes(2));
    String pulled = world.post("star");
    fireside.settle();
    read("");
    fireside.clock().advance(Duration.ofSeconds(4));
    assertThat(read("").texts("id")).startsWith(pulled);
    assertThat(world.timeline("ada")).doesNotContain(pulled);
    fireside.clock().advance(Duration.ofSeconds(4));

    Counts cost = costOfPage("");

    assertThat(cost.roundTrips()).isEqualTo(2);
    assertThat(cost.reads()).isZero();
  }

  @Test
  void aColdPageOfTwentyReadsAtMostSixtyDocuments() {
    followed(45);
    assertThat(read("").texts("id")).hasSize(20);
    for (String prefix : List.of("post:", "user:", "reactions:")) {
      fireside.platform().redis().unlinkPrefix(prefix);
    }

    Counts cost = costOfPage("");

    assertThat(cost.reads()).isLessThanOrEqualTo(60);
  }

  @Test
  void aFurtherPageCostsNoMoreThanTheFirst() {
    followed(45);
    String next = "cursor=" + read("").nextCursor();
    read(next);

    Counts cost = costOfPage(next);

    assertThat(cost.roundTrips()).isEqualTo(2);
    assertThat(cost.reads()).isZero();
  }

  @Test
  void aFanOutReadsAndWritesNoDocuments() {
    for (String reader : List.of("r1", "r2", "r3")) {
      world.people(reader);
      world.follow(reader, "star");
      fireside.settle();
      world.page(reader, "");
    }
    world.post("star");
    fireside.settle();
    String id = fireside.platform().ids().next();
    var deliver = new DeliverPost(fireside.platform(), Stores.of(fireside.platform()));

    Counts cost =
        cost(() -> {
          deliver.deliver(World.entry(id, "star"));
          fireside.settle();
        });

    assertThat(world.timeline("r1")).startsWith(id);
    assertThat(cost.reads()).isZero();
    assertThat(cost.writes()).isZero();
    // Outbox, own timeline, mode; then one page of followers, their pushes, and how many there are.
    assertThat(cost.roundTrips()).isLessThanOrEqualTo(6);
  }

  private Reply read(String query) {
    Reply reply = world.page("ada", query);
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    return reply;
  }

  /// What the whole request costs, with all filters.
  private Counts costOfPage(String query) {
    return cost(() -> read(query));
  }

  private static Counts cost(Runnable work) {
    Counts before = fireside.counts();
    work.run();
    return fireside.counts().minus(before);
  }

  /// As many people as posts: the dearest page.
  private void followed(int count) {
    for (int i = 0; i < count; i++) {
      String author = "author" + i;
      world.people(author);
      world.follow("ada", author);
      world.post(author);
    }
    fireside.settle();
  }
}
