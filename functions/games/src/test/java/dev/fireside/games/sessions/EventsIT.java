package dev.fireside.games.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionSignature;
import dev.fireside.play.store.SessionDocument;
import dev.fireside.shared.auth.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Arcade arcade = new Arcade(fireside);

  @Test
  void keepsEachEventOnceHoweverOftenItIsSent() {
    String id = arcade.session("ann");

    Reply first = arcade.events("ann", id, Arcade.numbered(1, 3));
    Reply again = arcade.events("ann", id, Arcade.numbered(1, 3));
    Reply overlapping = arcade.events("ann", id, Arcade.numbered(2, 5));
    Reply gap = arcade.events("ann", id, Arcade.numbered(7, 8));

    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().toString())
        .isEqualTo("{\"lastSeq\":3,\"accepted\":3,\"duplicates\":0}");
    assertThat(again.body().toString())
        .isEqualTo("{\"lastSeq\":3,\"accepted\":0,\"duplicates\":3}");
    assertThat(overlapping.body().toString())
        .isEqualTo("{\"lastSeq\":5,\"accepted\":2,\"duplicates\":2}");
    assertThat(gap.status()).isEqualTo(409);
    assertThat(gap.body().path("errors").path(0).path("message").asText()).contains("must be 6");
    EventTotals totals = arcade.stored(id).totals();
    assertThat(totals.lastSeq()).isEqualTo(5);
    assertThat(totals.count()).isEqualTo(5);
    assertThat(totals.points()).isEqualTo(50);
    assertThat(arcade.batches(id)).hasSize(2);
    assertThat(seqs(id, 2)).containsExactly(1L, 2L, 3L, 4L, 5L);
  }

  @Test
  void putsOneBatchInOrderAndDropsWhatItHasTwice() {
    String id = arcade.session("ann");
    var batch = new ArrayList<>(Arcade.numbered(1, 3).reversed());
    batch.add(Arcade.event(2, 0, 10));

    Reply reply = arcade.events("ann", id, batch);
    batch.add(Arcade.event(2, 0, 11));
    Reply contradicted = arcade.events("ann", id, batch);

    assertThat(reply.body().toString())
        .isEqualTo("{\"lastSeq\":3,\"accepted\":3,\"duplicates\":0}");
    assertThat(contradicted.status()).isEqualTo(400);
    assertThat(seqs(id, 5)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void answersABatchThatItKnowsAlikeAfterTheSessionHasEnded() {
    String id = arcade.session("ann", arcade.now(), Duration.ofSeconds(59));
    arcade.events("ann", id, Arcade.numbered(1, 3));
    fireside.clock().advance(Duration.ofMinutes(1));

    assertThat(arcade.events("ann", id, Arcade.numbered(1, 3)).body().toString())
        .isEqualTo("{\"lastSeq\":3,\"accepted\":0,\"duplicates\":3}");
    assertThat(arcade.events("ann", id, Arcade.numbered(3, 4)).status()).isEqualTo(409);
  }

  @Test
  void removesTheLogWithTheSession() {
    String id = arcade.session("ann");
    arcade.events("ann", id, Arcade.numbered(1, 3));

    Instant expected = arcade.stored(id).startedAt().plus(Duration.ofDays(7));
    assertThat(arcade.document(id).fields().instant("deleteAt")).contains(expected);
    assertThat(arcade.batches(id))
        .allSatisfy(batch -> assertThat(batch.fields().instant("deleteAt")).contains(expected));
  }

  @Test
  void takesOneReadAndTwoWritesForABatch() {
    String id = arcade.session("ann");
    arcade.events("ann", id, Arcade.numbered(1, 1));
    var before = fireside.counts();

    arcade.events("ann", id, Arcade.numbered(2, 400));

    var used = fireside.counts().minus(before);
    assertThat(used.reads()).isOne();
    assertThat(used.writes()).isEqualTo(2);
  }

  @Test
  void putsBatchesInOrderThatComeAllAtOnce() {
    String id = arcade.session("ann");
    var random = new Random(7);
    // Everybody sends everything in batches of their own, as often as it takes.
    Calls.atOnce(
        6,
        who -> {
          long next = 1;
          while (next <= 60) {
            long to = Math.min(60, next + random.nextInt(9));
            long from = Math.max(1, next - random.nextInt(4));
            Reply reply = arcade.events("ann", id, Arcade.numbered(from, to));
            assertThat(reply.status()).isEqualTo(200);
            next = reply.body().path("lastSeq").asLong() + 1;
          }
          return next;
        });

    EventTotals totals = arcade.stored(id).totals();
    assertThat(totals)
        .extracting(EventTotals::lastSeq, EventTotals::count)
        .containsExactly(60L, 60L);
    assertThat(totals.points()).isEqualTo(600);
    assertThat(totals.bytes())
        .isEqualTo(
            arcade.batches(id).stream()
                .mapToLong(batch -> ((byte[]) batch.fields().values().get("packed")).length)
                .sum());
    assertThat(seqs(id, 100))
        .isEqualTo(IntStream.rangeClosed(1, 60).mapToObj(Long::valueOf).toList());
  }

  @Test
  void showsModeratorsTheLogAsItWasSent() {
    String id = arcade.session("ann");
    var event = Arcade.event(1, 0, 7);
    event.put("data", Map.of("weapon", "bow", "at", List.of(1, 2)));
    arcade.events("ann", id, List.of(event));

    JsonNode log = arcade.as("mod", Role.MODERATOR).get(Arcade.eventsPath(id)).body().path("items");

    assertThat(log).hasSize(1);
    assertThat(log.path(0).path("type").asText()).isEqualTo("kill");
    assertThat(log.path(0).path("points").asLong()).isEqualTo(7);
    assertThat(log.path(0).path("data").path("weapon").asText()).isEqualTo("bow");
    assertThat(log.path(0).path("data").path("at")).hasSize(2);
    assertThat(arcade.as("ann").get(Arcade.eventsPath(id)).status()).isEqualTo(403);
    assertThat(arcade.as("mod", Role.MODERATOR).get(Arcade.eventsPath(arcade.key(id))).status())
        .isEqualTo(404);
  }

  @Test
  void takesGzip() {
    String id = arcade.session("ann");
    byte[] packed = Arcade.gzip(Arcade.bytes(Map.of("events", Arcade.numbered(1, 500))));

    Reply reply =
        arcade.signed(
            arcade.as("ann").header("Content-Encoding", "gzip"), Arcade.eventsPath(id), id, packed);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("accepted").asInt()).isEqualTo(500);
  }

  @Test
  void refusesGzipThatUnfoldsBeyondAllMeasure() {
    String id = arcade.session("ann");
    var caller = arcade.as("ann").header("Content-Encoding", "gzip");
    byte[] bomb = Arcade.gzip(new byte[64 * 1024 * 1024]);
    byte[] broken = Arcade.gzip(Arcade.bytes(Map.of("events", Arcade.numbered(1, 3))));
    broken[broken.length - 1] ^= 1;

    assertThat(arcade.signed(caller, Arcade.eventsPath(id), id, bomb).status()).isEqualTo(413);
    assertThat(arcade.signed(caller, Arcade.eventsPath(id), id, broken).status()).isEqualTo(400);
    assertThat(arcade.signed(caller, Arcade.eventsPath(id), id, new byte[0]).status())
        .isEqualTo(400);
    assertThat(arcade.stored(id).totals()).isEqualTo(EventTotals.NONE);
  }

  @Test
  void stopsWhenTheLogIsFull() {
    String id = arcade.session("ann");
    arcade
        .documents()
        .update(SessionDocument.path(new SessionId(id)), Map.of("bytes", 2L * 1024 * 1024 - 50));

    Reply reply = arcade.events("ann", id, Arcade.numbered(1, 3));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body().path("detail").asText()).contains("full");
    assertThat(arcade.batches(id)).isEmpty();
    assertThat(arcade.stored(id).totals().lastSeq()).isZero();
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    String id = arcade.session("ann");
    assertThat(refused(id, "{}")).containsExactly("events");
    assertThat(refused(id, "{\"events\":7}")).containsExactly("events");
    assertThat(refused(id, "{\"events\":[7]}")).containsExactly("events/0");
    assertThat(refused(id, "{\"events\":[{}]}"))
        .containsExactlyInAnyOrder("events/0/seq", "events/0/at", "events/0/type");
    assertThat(refused(id, "{\"events\":[]}")).containsExactly("events");
    assertThat(refused(id, one("\"data\":{\"x\":\"" + "y".repeat(1_017) + "\"}")))
        .containsExactly("events/0/data");
    assertThat(refused(id, one("\"data\":[1]"))).containsExactly("events/0/data");
    assertThat(refused(id, one("\"data\":{\"x\":\"\\ud800\"}"))).containsExactly("events/0/data");
    assertThat(refused(id, one("\"points\":1.5"))).containsExactly("events/0/points");
    assertThat(refused(id, one("\"points\":9007199254740992"))).containsExactly("events/0/points");
    assertThat(refused(id, one("\"points\":1e400"))).containsExactly("events/0/points");
    assertThat(refused(id, one("\"points\":\"NaN\""))).containsExactly("events/0/points");
    assertThat(refused(id, "{\"events\":[{\"seq\":20001,\"at\":0,\"type\":\"x\"}]}"))
        .containsExactly("events/0/seq");
    assertThat(refused(id, "{\"events\":[{\"seq\":1,\"at\":-1,\"type\":\"x\"}]}"))
        .containsExactly("events/0/at");
    assertThat(refused(id, "{\"events\":[{\"seq\":1,\"at\":9000,\"type\":\"x\"}]}"))
        .containsExactly("events/0/at");
    assertThat(
            refused(
                id,
                "{\"events\":[{\"seq\":1,\"at\":5,\"type\":\"x\"},{\"seq\":3,\"at\":5,\"type\":\"x\"}]}"))
        .containsExactly("events/1/seq");
    assertThat(
            refused(
                id,
                "{\"events\":[{\"seq\":1,\"at\":5,\"type\":\"x\"},{\"seq\":2,\"at\":4,\"type\":\"x\"}]}"))
        .containsExactly("events/1/at");
    assertThat(arcade.events("ann", id, Arcade.numbered(1, 501)).status()).isEqualTo(400);
    assertThat(
            arcade
                .signed(
                    arcade.as("ann"),
                    Arcade.eventsPath(id),
                    id,
                    one("\"points\":NaN").getBytes(StandardCharsets.UTF_8))
                .problem())
        .isEqualTo("malformed-body");
    assertThat(arcade.stored(id).totals()).isEqualTo(EventTotals.NONE);
  }

  @Test
  void takesNothingForASessionThatHasExpired() {
    String id = arcade.session("ann", arcade.now().minusSeconds(60), Duration.ofSeconds(59));

    Reply reply = arcade.events("ann", id, Arcade.numbered(1, 1));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body().path("detail").asText()).contains("abandoned");
  }

  @Test
  void knowsNoSessionsOfOthers() {
    String id = arcade.session("ann");
    String unknown = fireside.platform().ids().next();

    assertThat(arcade.events("bob", id, Arcade.numbered(1, 1)).status()).isEqualTo(404);
    assertThat(arcade.events("ann", unknown, Arcade.numbered(1, 1)).status()).isEqualTo(404);
    assertThat(arcade.as("bob").get("/api/games/" + id).status()).isEqualTo(404);
    assertThat(arcade.as("ann").get("/api/games/x").status()).isEqualTo(404);
    assertThat(arcade.as("ann").get("/api/games/" + id.toLowerCase(java.util.Locale.ROOT)).status())
        .isEqualTo(200);
    assertThat(arcade.as("mod", Role.MODERATOR).get("/api/games/" + id).body().has("signingKey"))
        .isFalse();
    assertThat(fireside.http().anonymous().get("/api/games/" + id).status()).isEqualTo(401);
  }

  @Test
  void asksForTheSignatureOfTheSession() {
    String id = arcade.session("ann");
    String other = arcade.session("ann");
    String path = Arcade.eventsPath(id);
    byte[] body = Arcade.bytes(Map.of("events", Arcade.numbered(1, 1)));
    Instant now = arcade.now();
    String good = SessionSignature.sign(arcade.key(id), now, "POST", path, body);
    byte[] flipped = body.clone();
    flipped[3] ^= 1;

    Reply without = arcade.as("ann").raw("POST", path, body, "application/json");
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.errorFields()).containsExactly("X-Signature");
    assertThat(send(path, body, "v1=abc").status()).isEqualTo(400);
    assertThat(send(path, flipped, good).status()).isEqualTo(403);
    assertThat(send(Arcade.eventsPath(other), body, good).status()).isEqualTo(403);
    assertThat(
            send(path, body, SessionSignature.sign(arcade.key(other), now, "POST", path, body))
                .status())
        .isEqualTo(403);
    assertThat(
            send(
                    path,
                    body,
                    SessionSignature.sign(
                        arcade.key(id), now.minusSeconds(302), "POST", path, body))
                .status())
        .isEqualTo(403);
    Reply early =
        send(
            path,
            body,
            SessionSignature.sign(arcade.key(id), now.plusSeconds(302), "POST", path, body));
    assertThat(early.status()).isEqualTo(403);
    assertThat(early.body().path("reason").asText()).isEqualTo("clock-skew");
    assertThat(Instant.parse(early.body().path("serverTime").asText()))
        .isBetween(now, now.plusSeconds(60));
    assertThat(arcade.batches(id)).isEmpty();
    assertThat(send(path, body, good).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "7,3", "60,20", "25,100"})
  void pagesThroughTheLog(int batchSize, int pageSize) {
    String id = arcade.session("ann");
    for (int from = 1; from <= 60; from += batchSize) {
      arcade.events("ann", id, Arcade.numbered(from, Math.min(60, from + batchSize - 1)));
    }
    assertThat(seqs(id, pageSize))
        .isEqualTo(IntStream.rangeClosed(1, 60).mapToObj(Long::valueOf).toList());
  }

  private Reply send(String path, byte[] body, String signature) {
    return arcade
        .as("ann")
        .header(SessionSignature.HEADER, signature)
        .raw("POST", path, body, "application/json");
  }

  private List<String> refused(String id, String body) {
    Reply reply =
        arcade.signed(
            arcade.as("ann"), Arcade.eventsPath(id), id, body.getBytes(StandardCharsets.UTF_8));
    assertThat(reply.status()).as(body).isEqualTo(400);
    return reply.errorFields();
  }

  private static String one(String more) {
    return "{\"events\":[{\"seq\":1,\"at\":0,\"type\":\"x\"," + more + "}]}";
  }

  /// The numbers of all events, page by page.
  private List<Long> seqs(String id, int size) {
    var seqs = new ArrayList<Long>();
    String cursor = "";
    while (true) {
      JsonNode page =
          arcade
              .as("mod", Role.MODERATOR)
              .get(Arcade.eventsPath(id) + "?limit=" + size + cursor)
              .body();
      page.path("items").forEach(event -> seqs.add(event.path("seq").asLong()));
      if (!page.has("nextCursor")) {
        return seqs;
      }
      assertThat(page.path("items")).hasSize(size);
      cursor = "&cursor=" + page.path("nextCursor").asText();
    }
  }
}
