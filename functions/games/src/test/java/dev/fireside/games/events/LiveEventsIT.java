package dev.fireside.games.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.games.Bazaar;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveEventsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Bazaar bazaar = new Bazaar(fireside);

  @BeforeEach
  void stock() {
    bazaar.stock();
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  /// An event that starts and ends at hours from now.
  private static Map<String, Object> hunt(long from, long until) {
    Instant now = fireside.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    var body = new HashMap<String, Object>();
    body.put("title", "Hunt");
    body.put("startsAt", now.plus(Duration.ofHours(from)).toString());
    body.put("endsAt", now.plus(Duration.ofHours(until)).toString());
    body.put(
        "tiers",
        List.of(
            Map.of("points", 10, "items", List.of(Map.of("item", "potion", "count", 2))),
            Map.of(
                "points",
                20,
                "currencies",
                List.of(Map.of("code", "gold", "amount", 100)),
                "items",
                List.of(Map.of("item", "sword", "count", 1)))));
    body.put("hotItems", List.of("sword"));
    body.put("selfReported", true);
    body.put("pointsPerCall", 15);
    body.put("pointsMax", 40);
    return body;
  }

  private String create(Map<String, ?> body) {
    Reply reply = bazaar.admin().post("/api/events", body);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(201);
    return reply.body().path("id").asText();
  }

  private List<String> listed(String state) {
    return fireside.http().anonymous().get("/api/events?state=" + state).texts("id");
  }

  private Reply report(String uid, String id, long points) {
    return bazaar.as(uid).post("/api/events/" + id + "/progress", Map.of("points", points));
  }

  private Reply claim(String uid, String id, int tier) {
    return bazaar.as(uid).post("/api/events/" + id + "/tiers/" + tier + "/claim");
  }

  @Test
  void startsAndEndsByTheClockWhetherOrNotATickComes() {
    String id = create(hunt(1, 3));
    assertThat(listed("running")).isEmpty();
    assertThat(listed("upcoming")).containsExactly(id);
    assertThat(bazaar.as("ann").post("/api/events/" + id + "/join").status()).isEqualTo(200);
    assertThat(report("ann", id, 5).status()).isEqualTo(409);

    fireside.clock().advance(Duration.ofHours(1));
    assertThat(listed("running")).containsExactly(id);
    assertThat(fireside.http().anonymous().get("/api/events/hot-items").texts("item"))
        .containsExactly("sword");
    fireside.fire("games-tick");
    fireside.fire("games-tick");
    fireside.settle();
    assertThat(phase(id)).isEqualTo("running");
    assertThat(listed("running")).containsExactly(id);
    assertThat(report("ann", id, 12).status()).isEqualTo(200);

    // No tick comes for hours.
    fireside.clock().advance(Duration.ofHours(2));
    assertThat(listed("running")).isEmpty();
    assertThat(listed("ended")).containsExactly(id);
    assertThat(fireside.http().anonymous().get("/api/events/hot-items").body().path("items"))
        .isEmpty();
    assertThat(report("ann", id, 12).status()).isEqualTo(409);
    assertThat(bazaar.as("bob").post("/api/events/" + id + "/join").status()).isEqualTo(409);
    assertThat(claim("ann", id, 1).status()).isEqualTo(200);

    fireside.clock().advance(Duration.ofDays(8));
    fireside.fire("games-tick");
    fireside.settle();
    assertThat(phase(id)).isEqualTo("closed");
    assertThat(listed("ended")).isEmpty();
    Reply closed = bazaar.as("ann").get("/api/events/" + id);
    assertThat(closed.body().path("phase").asText()).isEqualTo("closed");
    assertThat(closed.body().path("me").path("claimed").path(0).asInt()).isOne();
    // A retry of a claim that was in time still answers what it did.
    assertThat(claim("ann", id, 1).status()).isEqualTo(200);
    assertThat(bazaar.count("ann", "potion")).isEqualTo(2);
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  private String phase(String id) {
    return bazaar.documents().get("events/" + id).orElseThrow().fields().requiredText("phase");
  }

  @Test
  void givesEachRewardOnce() {
    String id = create(hunt(-1, 1));
    bazaar.as("ann").post("/api/events/" + id + "/join");
    assertThat(claim("ann", id, 1).status()).isEqualTo(409);
    report("ann", id, 15);
    Reply reached = bazaar.as("ann").get("/api/events/" + id);
    assertThat(reached.body().path("me").path("claimable").path(0).asInt()).isOne();

    List<Reply> replies = Calls.atOnce(20, _ -> claim("ann", id, 1));

    assertThat(replies).extracting(Reply::status).containsOnly(200);
    assertThat(replies).extracting(Reply::body).containsOnly(replies.getFirst().body());
    assertThat(bazaar.count("ann", "potion")).isEqualTo(2);
    assertThat(bazaar.revision("ann")).isOne();
    assertThat(claim("ann", id, 2).status()).isEqualTo(409);
    assertThat(claim("ann", id, 3).status()).isEqualTo(404);
    assertThat(claim("bob", id, 1).status()).isEqualTo(409);
    report("ann", id, 15);
    fireside.flushRedis();
    assertThat(claim("ann", id, 2).body().path("currencies").path(0).path("amount").asLong())
        .isEqualTo(100);
    assertThat(claim("ann", id, 1).header("Idempotency-Replayed")).contains("true");
    Reply inventory = bazaar.as("ann").get("/api/inventory");
    assertThat(inventory.body().path("revision").asInt()).isEqualTo(2);
    assertThat(inventory.body().path("currencies").path("gold").asInt()).isEqualTo(100);
    // Were the history lost, the part in the event still knows.
    bazaar
        .documents()
        .list(bazaar.documents().collection("users/ann/inventoryHistory"))
        .forEach(entry -> bazaar.documents().delete(entry.path()));
    assertThat(claim("ann", id, 1).status()).isEqualTo(409);
    assertThat(bazaar.count("ann", "potion")).isEqualTo(2);
  }

  @Test
  void answersAClaimAlikeOnceTheEventHasGone() {
    String id = create(hunt(-1, 1));
    bazaar.as("ann").post("/api/events/" + id + "/join");
    report("ann", id, 15);
    Reply first = claim("ann", id, 1);
    bazaar.admin().delete("/api/events/" + id);
    fireside.settle();

    Reply again = claim("ann", id, 1);

    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Idempotency-Replayed")).contains("true");
    assertThat(claim("ann", id, 2).status()).isEqualTo(404);
  }

  @Test
  void keepsNoMoreThanAHundredOpenEventsAlsoWhereManyAreMadeAtOnce() {
    bazaar
        .documents()
        .batch(batch -> {
          for (int i = 0; i < 98; i++) {
            batch.set(
                "events/e" + i,
                Map.of(
                    "title",
                    "e",
                    "phase",
                    "upcoming",
                    "status",
                    "published",
                    "startsAt",
                    Instant.EPOCH,
                    "endsAt",
                    Instant.EPOCH));
          }
        });
    fireside.settle();

    List<Reply> replies = Calls.atOnce(3, _ -> bazaar.admin().post("/api/events", hunt(1, 2)));

    assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(201, 201, 409);
  }

  @Test
  void countsPointsOnceAndWithinTheirBounds() {
    String id = create(hunt(-1, 1));
    assertThat(report("ann", id, 5).status()).isEqualTo(409);
    bazaar.as("ann").post("/api/events/" + id + "/join");
    bazaar.as("ann").post("/api/events/" + id + "/join");
    var keyed = bazaar.as("ann").header("Idempotency-Key", "p1");
    String path = "/api/events/" + id + "/progress";

    List<Reply> replies = Calls.atOnce(15, _ -> keyed.post(path, Map.of("points", 7)));

    assertThat(replies).extracting(Reply::status).containsOnly(200);
    assertThat(points("ann", id)).isEqualTo(7);
    assertThat(keyed.post(path, Map.of("points", 8)).problem()).isEqualTo("key-reused");
    for (Object points : List.of(0, -3, 16, 1L << 60, "7", 1.5)) {
      Reply reply = bazaar.as("ann").post(path, Map.of("points", points));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errorFields()).containsExactly("points");
    }
    List<Reply> more = Calls.atOnce(20, _ -> report("ann", id, 3));
    assertThat(more.stream().filter(reply -> reply.status() == 200)).hasSize(11);
    assertThat(more.stream().filter(reply -> reply.status() == 409)).hasSize(9);
    assertThat(points("ann", id)).isEqualTo(40);
    String award = "/api/events/" + id + "/participants/ann/progress";
    assertThat(bazaar.as("ann").post(award, Map.of("points", 1)).status()).isEqualTo(403);
    var server = bazaar.admin().header("Idempotency-Key", "a1");
    assertThat(server.post(award, Map.of("points", 1_000)).status()).isEqualTo(200);
    assertThat(server.post(award, Map.of("points", 1_000)).status()).isEqualTo(200);
    assertThat(points("ann", id)).isEqualTo(1_040);
    var reported = hunt(-1, 1);
    reported.remove("selfReported");
    String other = create(reported);
    bazaar.as("ann").post("/api/events/" + other + "/join");
    assertThat(report("ann", other, 1).status()).isEqualTo(403);
    Reply unbounded = bazaar.admin().patch("/api/events/" + other, Map.of("selfReported", true));
    assertThat(unbounded.status()).isEqualTo(400);
    assertThat(unbounded.errorFields()).containsExactly("pointsPerCall");
  }

  private long points(String uid, String id) {
    return bazaar.as(uid).get("/api/events/" + id).body().path("me").path("points").asLong();
  }

  @Test
  void keepsWhatPlayersGoByOnceItHasBegun() {
    String id = create(hunt(1, 3));
    var admin = bazaar.admin();
    String path = "/api/events/" + id;

    assertThat(admin.patch(path, Map.of("tiers", List.of(), "title", "Race")).status())
        .isEqualTo(200);
    assertThat(listed("upcoming")).containsExactly(id);
    assertThat(admin.patch(path, Map.of("status", "draft")).status()).isEqualTo(200);
    assertThat(listed("upcoming")).isEmpty();
    assertThat(fireside.http().anonymous().get(path).status()).isEqualTo(404);
    assertThat(fireside.http().anonymous().get("/api/events?state=draft").status()).isEqualTo(403);
    assertThat(admin.get("/api/events?state=draft").texts("id")).containsExactly(id);
    admin.patch(path, Map.of("status", "published"));
    fireside.clock().advance(Duration.ofHours(2));
    admin = bazaar.admin();
    Reply late =
        admin.patch(
            path,
            Map.of(
                "tiers", hunt(0, 1).get("tiers"),
                "status", "draft",
                "startsAt", "2027-01-01T00:00:00Z",
                "endsAt", "2027-01-02T00:00:00Z",
                "pointsMax", 7));
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.errorFields()).containsExactly("startsAt", "tiers", "status", "selfReported");
    assertThat(admin.patch(path, Map.of("endsAt", "2026-01-02T00:00:00Z")).status()).isEqualTo(400);
    assertThat(admin.patch(path, Map.of("title", "Late hunt")).status()).isEqualTo(200);
    assertThat(fireside.http().anonymous().get(path).body().path("title").asText())
        .isEqualTo("Late hunt");
    assertThat(admin.delete(path).status()).isEqualTo(204);
    assertThat(admin.patch(path, Map.of("title", "x")).status()).isEqualTo(404);
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    var admin = bazaar.admin();
    assertThat(admin.post("/api/events", Map.of("selfReported", true)).errorFields())
        .containsExactly("title", "startsAt", "endsAt", "tiers", "pointsPerCall", "pointsMax");
    var body = hunt(2, 1);
    body.put(
        "tiers",
        List.of(
            Map.of("points", 10, "items", List.of(Map.of("item", "potion", "count", 0))),
            Map.of("points", 10, "currencies", List.of(Map.of("code", "gold", "amount", 1))),
            Map.of("points", 11)));
    body.put("hotItems", List.of("Bad Item"));
    body.put("startsAt", "tomorrow");
    assertThat(admin.post("/api/events", body).errorFields())
        .containsExactlyInAnyOrder(
            "startsAt", "tiers/0/items/0/count", "tiers/1/points", "tiers/2/items", "hotItems/0");
    assertThat(admin.post("/api/events", hunt(2, 1)).errorFields()).containsExactly("endsAt");
    assertThat(admin.post("/api/events", hunt(-5, -1)).errorFields()).containsExactly("endsAt");
    var unknown = hunt(1, 2);
    unknown.put("hotItems", List.of("sword", "nothing"));
    unknown.put(
        "tiers",
        List.of(Map.of("points", 1, "items", List.of(Map.of("item", "ghost", "count", 1)))));
    assertThat(admin.post("/api/events", unknown).errorFields())
        .containsExactly("tiers/0", "hotItems/1");
    assertThat(bazaar.as("ann").post("/api/events", hunt(1, 2)).status()).isEqualTo(403);
    assertThat(fireside.http().anonymous().get("/api/events/nothing").status()).isEqualTo(404);
    assertThat(fireside.http().anonymous().get("/api/events?state=x").status()).isEqualTo(400);
    assertThat(listed("upcoming")).isEmpty();
  }

  @Test
  void answersTheListFromRedisAndNeverAnOldOne() {
    String first = create(hunt(-1, 1));
    listed("running");
    fireside.settle();
    listed("running");
    fireside.http().anonymous().get("/api/events/hot-items");
    var before = fireside.counts();
    assertThat(listed("running")).containsExactly(first);
    fireside.http().anonymous().get("/api/events/" + first);
    fireside.http().anonymous().get("/api/events/hot-items");
    assertThat(fireside.counts().minus(before).reads()).isZero();

    String second = create(hunt(-1, 2));
    assertThat(listed("running")).containsExactlyInAnyOrder(first, second);
    fireside.flushRedis();
    assertThat(listed("running")).containsExactlyInAnyOrder(first, second);
    bazaar.admin().delete("/api/events/" + first);
    assertThat(listed("running")).containsExactly(second);
    bazaar.documents().delete("events/" + second);
    fireside.settle();
    assertThat(listed("running")).isEmpty();
    Map<String, Object> item = Map.of("title", "Crown", "kind", "hat", "hot", true);
    bazaar.admin().put("/api/inventory/catalogue/crown", item);
    assertThat(fireside.http().anonymous().get("/api/events/hot-items").texts("item"))
        .containsExactly("crown");
  }
}
