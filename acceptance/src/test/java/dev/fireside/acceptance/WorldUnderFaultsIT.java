package dev.fireside.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.TestHttp.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The product as a whole, while events come twice, late, shuffled and after lost answers: in the
/// end feeds and totals are what the documents say.
class WorldUnderFaultsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final int PEOPLE = 8;
  private static final int ACTIONS = 160;
  private static final int THREADS = 6;
  private static final Fault FAULT =
      new Fault(1, Duration.ofMillis(20), Duration.ofMillis(100), 1, 0);

  private final Map<String, Caller> callers = new HashMap<>();
  private final List<String> posts = new CopyOnWriteArrayList<>();

  @BeforeEach
  void people() {
    fireside.resetData();
    for (int i = 0; i < PEOPLE; i++) {
      String uid = "p" + i;
      Caller caller = fireside.http().as(uid);
      callers.put(uid, caller);
      var body = Map.of("handle", "person" + i, "displayName", "Person " + i);
      assertThat(caller.post("/api/users", body).status()).isEqualTo(201);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void convergesToWhatTheDocumentsSay(long seed) throws Exception {
    fireside.faults().setAll(FAULT);
    actAtRandom(new Random(seed));
    fireside.settle();
    fireside.faults().clear();
    fireside.settle();

    assertEverythingIsRight();
    assertThat(fireside.project().deadLetters()).isEmpty();

    fireside.flushRedis();
    assertEverythingIsRight();
  }

  @Test
  void losesNothingWhileRedisIsAway() throws Exception {
    actAtRandom(new Random(3));
    fireside.settle();
    fireside.killRedis();
    actAtRandom(new Random(4));
    assertThat(callers.get("p0").get("/api/feed").status()).isEqualTo(200);
    fireside.restartRedis();
    fireside.settle();

    assertEverythingIsRight();
  }

  private void assertEverythingIsRight() {
    var model = new Model(fireside.platform().documents());
    assertThat(model.writtenTotals()).isEqualTo(model.totals());
    callers.forEach((uid, caller) -> {
      assertThat(caller.list("/api/feed?limit=7", "id"))
          .as("feed of " + uid)
          .isEqualTo(model.feed(uid));
      assertThat(model.writtenFollowers(uid))
          .as("followers of " + uid)
          .isEqualTo(model.followers(uid));
    });
  }

  private void actAtRandom(Random random) throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var running = new ArrayList<Future<?>>();
      for (int i = 0; i < ACTIONS; i++) {
        long seed = random.nextLong();
        running.add(threads.submit(() -> act(new Random(seed))));
      }
      for (Future<?> action : running) {
        action.get();
      }
    }
  }

  private void act(Random random) {
    String me = "p" + random.nextInt(PEOPLE);
    String other = "p" + random.nextInt(PEOPLE);
    Caller caller = callers.get(me);
    int status =
        switch (random.nextInt(12)) {
          case 0, 1 -> caller.put("/api/users/" + other + "/follow").status();
          case 2 -> caller.delete("/api/users/" + other + "/follow").status();
          case 3 ->
              random.nextInt(3) == 0
                  ? caller.put("/api/users/" + other + "/block").status()
                  : caller.delete("/api/users/" + other + "/block").status();
          case 4 ->
              random.nextBoolean()
                  ? caller.put("/api/users/" + other + "/mute").status()
                  : caller.delete("/api/users/" + other + "/mute").status();
          case 5, 6 -> post(caller, Map.of("text", text(random), "visibility", visibility(random)));
          case 7 -> posts.isEmpty() ? 200 : post(caller, Map.of("repost", anyPost(random)));
          case 8 ->
              posts.isEmpty()
                  ? 200
                  : post(caller, Map.of("quote", anyPost(random), "text", "Look"));
          case 9 ->
              posts.isEmpty()
                  ? 200
                  : caller
                      .post("/api/reactions", Map.of("postId", anyPost(random), "kind", "like"))
                      .status();
          case 10 ->
              posts.isEmpty()
                  ? 200
                  : caller
                      .post("/api/posts/" + anyPost(random) + "/comments", Map.of("text", "Hm"))
                      .status();
          default ->
              posts.isEmpty() ? 200 : caller.delete("/api/posts/" + anyPost(random)).status();
        };
    assertThat(status).isLessThan(500);
  }

  private int post(Caller caller, Map<String, String> body) {
    var reply = caller.post("/api/posts", body);
    if (reply.status() == 201) {
      posts.add(reply.body().path("id").asText());
    }
    return reply.status();
  }

  private static String text(Random random) {
    return random.nextInt(3) == 0 ? "Hello @person" + random.nextInt(PEOPLE) : "Hello";
  }

  private String anyPost(Random random) {
    return posts.get(random.nextInt(posts.size()));
  }

  private static String visibility(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> "followers";
      case 1 -> "private";
      default -> "public";
    };
  }
}
