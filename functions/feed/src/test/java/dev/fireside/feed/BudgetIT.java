package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.testing.Counts;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What things cost, by counting: pages over HTTP, beyond what the filters of every request cost.
class BudgetIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("FEED_PULL_THRESHOLD", "3", "READ_DEADLINE", "60s"));

  private World world;
  private List<String> newest = List.of();

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

    // Warm, and not the same page.
    Counts cost = costOfPage("limit=19");

    assertThat(cost.roundTrips()).isEqualTo(2);
    assertThat(cost.reads()).isZero();
    assertThat(cost.writes()).isZero();
  }

  @Test
  void aPageThatHasNotChangedTakesOneRoundTrip() {
    followed(30);
    Reply kept = read("");

    // The first may have had something renewed beside it, which is a change.
    await().untilAsserted(() -> assertThat(costOfPage("").roundTrips()).isEqualTo(1));
    world.follow("ada", "star");
    world.post("star");
    fireside.settle();
    read("limit=19");
    Counts changed = costOfPage("");

    assertThat(changed.roundTrips()).isEqualTo(2);
    assertThat(read("").texts("id")).isNotEqualTo(kept.texts("id"));
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

    Counts cost = costOfPage("limit=19");

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

  /// The numbers in docs/decisions/0018: a reader without a timeline, whose authors Redis knows or
  /// not; and the page behind.
  @ParameterizedTest
  @CsvSource({"23, 42, 45", "300, 62, 70", "3000, 150, 170"})
  void aReaderOfWhomRedisKnowsNothingCostsFewReads(int follows, int ofAll, int furtherOfAll) {
    fireside.project().withoutEvents(() -> crowd(follows));
    // From here on there is a list of whom they follow.
    read("");
    fireside.flushRedis();
    // Loads who is pulled, which all readers share.
    world.page("star", "");

    Counts nothingKnown = costOfPage("");
    Counts further = costOfPage("cursor=" + read("").nextCursor());
    for (String prefix : List.of("timeline:", "rel:", "reactions:")) {
      fireside.platform().redis().unlinkPrefix(prefix);
    }
    Counts othersKnown = costOfPage("");
    Counts furtherKnown = costOfPage("cursor=" + read("").nextCursor());

    assertThat(read("").texts("id")).isEqualTo(newest.subList(0, 20));
    assertThat(nothingKnown.reads()).isLessThanOrEqualTo(ofAll);
    assertThat(further.reads()).isLessThanOrEqualTo(furtherOfAll);
    assertThat(othersKnown.reads()).isLessThanOrEqualTo(5);
    assertThat(furtherKnown.reads()).isLessThanOrEqualTo(25);
  }

  private void crowd(int follows) {
    var random = new Random(follows);
    var authors = new ArrayList<String>();
    for (int i = 0; i < follows; i++) {
      authors.add("a" + i);
    }
    for (int from = 0; from < follows; from += 200) {
      world.people(authors.subList(from, Math.min(follows, from + 200)).toArray(String[]::new));
    }
    world.linkAll("follows", authors.stream().map(author -> List.of("ada", author)).toList());
    var posts = new ArrayList<String>();
    for (int i = 0; i < 300; i++) {
      posts.add(authors.get(random.nextInt(follows)));
    }
    newest = world.postAll(posts).reversed();
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
