package dev.fireside.games.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.domain.Step;
import dev.fireside.economy.store.Holdings;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.games.Bazaar;
import dev.fireside.shared.ids.Uid;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InventoryIT {
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

  @Test
  void showsWhatWasGranted() {
    Reply before = bazaar.as("ann").get("/api/inventory");
    Reply grant =
        bazaar
            .admin()
            .post(
                "/api/inventory/grants",
                Map.of(
                    "uid",
                    "ann",
                    "items",
                    List.of(Map.of("item", "potion", "count", 3)),
                    "currencies",
                    List.of(Map.of("code", "gold", "amount", 50)),
                    "reason",
                    "welcome"));

    assertThat(before.body().path("revision").asLong()).isZero();
    assertThat(grant.status()).isEqualTo(200);
    assertThat(grant.body().path("items").path(0).path("count").asLong()).isEqualTo(3);
    Reply shown = bazaar.as("ann").get("/api/inventory");
    assertThat(shown.body().path("revision").asLong()).isOne();
    assertThat(shown.body().path("items").path(0).path("item").asText()).isEqualTo("potion");
    assertThat(shown.body().path("currencies").path("gold").asLong()).isEqualTo(50);
    String tag = shown.header("ETag").orElseThrow();
    assertThat(bazaar.as("ann").header("If-None-Match", tag).get("/api/inventory").status())
        .isEqualTo(304);
    var cold = fireside.counts();
    bazaar.as("ann").get("/api/inventory");
    assertThat(fireside.counts().minus(cold).reads()).isZero();
    assertThat(bazaar.as("ann").post("/api/inventory/grants", Map.of()).status()).isEqualTo(403);
  }

  @Test
  void usesUpOnceHoweverOftenARequestComes() {
    bazaar.give("ann", "potion", 10);
    fireside.settle();
    var ann = bazaar.as("ann").header("Idempotency-Key", "k1");

    List<Reply> replies =
        Calls.atOnce(100, _ -> ann.post("/api/inventory/consume", use("potion", 3)));

    assertThat(replies).extracting(Reply::status).containsOnly(200);
    assertThat(replies).extracting(Reply::body).containsOnly(replies.getFirst().body());
    assertThat(replies.stream().filter(it -> it.header("Idempotency-Replayed").isEmpty()))
        .hasSize(1);
    assertThat(bazaar.count("ann", "potion")).isEqualTo(7);
    assertThat(bazaar.revision("ann")).isEqualTo(2);
    assertThat(bazaar.operations("ann")).isEqualTo(2);
    fireside.flushRedis();
    assertThat(ann.post("/api/inventory/consume", use("potion", 3)).status()).isEqualTo(200);
    assertThat(bazaar.count("ann", "potion")).isEqualTo(7);
    Reply other = ann.post("/api/inventory/consume", use("potion", 4));
    assertThat(other.problem()).isEqualTo("key-reused");
  }

  @Test
  void costsThreeWritesAndFourReads() {
    bazaar.give("ann", "potion", 10);
    fireside.settle();
    var ann = bazaar.as("ann").header("Idempotency-Key", "k1");
    var before = fireside.counts();

    ann.post("/api/inventory/consume", use("potion", 1));

    var cost = fireside.counts().minus(before);
    assertThat(cost.reads()).isEqualTo(4);
    assertThat(cost.writes()).isEqualTo(3);
  }

  @Test
  void neverGoesBelowZero() {
    bazaar.give("ann", "potion", 12);
    fireside.settle();
    var ann = bazaar.as("ann");

    List<Reply> replies =
        Calls.atOnce(30, _ -> ann.post("/api/inventory/consume", use("potion", 1)));

    assertThat(replies.stream().filter(it -> it.status() == 200)).hasSize(12);
    assertThat(replies.stream().filter(it -> it.status() == 409)).hasSize(18);
    assertThat(bazaar.exists("users/ann/inventory/potion")).isFalse();
    assertThat(bazaar.revision("ann")).isEqualTo(13);
  }

  @Test
  void spendsACurrencyOnceAndNeverMoreThanThereIs() {
    bazaar.pay("ann", "gold", 70);
    fireside.settle();
    Map<String, Object> price = Map.of("currency", "gold", "amount", 10);

    // Every other request is one that was sent twice.
    List<Reply> replies =
        Calls.atOnce(
            20,
            i ->
                bazaar
                    .as("ann")
                    .header("Idempotency-Key", "buy" + i / 2)
                    .post("/api/inventory/consume", price));

    assertThat(replies.stream().filter(it -> it.status() == 200)).hasSize(14);
    assertThat(replies.stream().filter(it -> it.status() == 409))
        .hasSize(6)
        .allSatisfy(reply -> assertThat(reply.errorFields()).containsExactly("amount"));
    assertThat(bazaar.balance("ann", "gold")).isZero();
    assertThat(bazaar.operations("ann")).isEqualTo(8);
    Reply unknown =
        bazaar.as("ann").post("/api/inventory/consume", Map.of("currency", "silver", "amount", 1));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.errorFields()).containsExactly("currency");
  }

  @Test
  void equipsOneItemASlot() {
    bazaar.give("ann", "sword", 1);
    bazaar.give("ann", "axe", 1);
    var ann = bazaar.as("ann");

    Reply sword = ann.post("/api/inventory/equip", Map.of("item", "sword"));
    Reply axe = ann.post("/api/inventory/equip", Map.of("item", "axe"));

    assertThat(sword.body().path("slots").path("hand").asText()).isEqualTo("sword");
    assertThat(axe.body().path("slots").path("hand").asText()).isEqualTo("axe");
    Reply shown = ann.get("/api/inventory");
    assertThat(shown.body().path("slots").path("hand").asText()).isEqualTo("axe");
    assertThat(shown.texts("item")).containsExactly("axe", "sword");
    assertThat(shown.texts("equipped")).containsExactly("true", "false");
    ann.post("/api/inventory/unequip", Map.of("item", "axe"));
    assertThat(ann.get("/api/inventory").body().path("slots")).isEmpty();
    assertThat(ann.post("/api/inventory/unequip", Map.of("item", "unknown")).status())
        .isEqualTo(404);
    assertThat(ann.post("/api/inventory/equip", Map.of("item", "potion")).status()).isEqualTo(409);
    assertThat(ann.post("/api/inventory/consume", use("sword", 1)).status()).isEqualTo(409);
  }

  @Test
  void goesOnOnlyFromTheRevisionThatTheCallerKnows() {
    bazaar.give("ann", "potion", 10);
    var ann = bazaar.as("ann").header("Idempotency-Key", "k1");
    Map<String, Object> body = Map.of("item", "potion", "count", 1, "ifRevision", 1);

    assertThat(ann.post("/api/inventory/consume", body).status()).isEqualTo(200);

    // A retry is no new operation.
    assertThat(ann.post("/api/inventory/consume", body).status()).isEqualTo(200);
    Reply late = bazaar.as("ann").post("/api/inventory/consume", body);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.errorFields()).containsExactly("ifRevision");
    assertThat(bazaar.count("ann", "potion")).isEqualTo(9);
  }

  @Test
  void namesEveryFieldThatIsWrong() {
    var ann = bazaar.as("ann");
    for (Object count :
        List.of(0, -1, BigInteger.TWO.pow(63), BigInteger.TWO.pow(53), 1.5, "3", true)) {
      Reply reply = ann.post("/api/inventory/consume", Map.of("item", "potion", "count", count));
      assertThat(reply.status()).as("count %s", count).isEqualTo(400);
      assertThat(reply.errorFields()).containsExactly("count");
    }
    assertThat(ann.post("/api/inventory/consume", Map.of()).errorFields())
        .containsExactly("item", "count");
    assertThat(ann.post("/api/inventory/consume", use("x".repeat(65), 1)).errorFields())
        .containsExactly("item");
    assertThat(ann.post("/api/inventory/consume", use("../users", 1)).errorFields())
        .containsExactly("item");
    Reply unknown = ann.post("/api/inventory/consume", use("unknown", 1));
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.errorFields()).containsExactly("item");
    assertThat(ann.post("/api/inventory/equip", Map.of("item", 7)).errorFields())
        .containsExactly("item");
    assertThat(
            ann.post(
                    "/api/inventory/transfers",
                    Map.of("to", "a/b", "item", "sword", "currency", "gold"))
                .errorFields())
        .contains("to", "item");
    assertThat(
            bazaar
                .admin()
                .post(
                    "/api/inventory/grants",
                    Map.of(
                        "uid",
                        "ann",
                        "items",
                        List.of(
                            Map.of("item", "potion", "count", 0),
                            Map.of("item", "potion", "count", 1))))
                .errorFields())
        .containsExactly("items/0/count", "items", "reason");
    assertThat(
            bazaar
                .admin()
                .post(
                    "/api/inventory/grants",
                    Map.of("uid", "ann", "items", List.of(), "reason", "x"))
                .errorFields())
        .containsExactly("items");
    Reply tooMany =
        bazaar
            .admin()
            .post(
                "/api/inventory/grants",
                Map.of(
                    "uid", "ann",
                    "currencies", List.of(Map.of("code", "gems", "amount", 11)),
                    "reason", "x"));
    assertThat(tooMany.status()).isEqualTo(409);
    assertThat(
            ann.header("Idempotency-Key", "not a key")
                .post("/api/inventory/consume", use("potion", 1))
                .status())
        .isEqualTo(400);
    assertThat(bazaar.revision("ann")).isZero();
  }

  @Test
  void listsTheHistoryInPages() {
    for (int i = 1; i <= 5; i++) {
      bazaar.give("ann", "potion", i);
    }
    bazaar.as("ann").post("/api/inventory/consume", use("potion", 2));

    Reply first = bazaar.as("ann").get("/api/inventory/history?limit=3");
    String cursor = first.body().path("nextCursor").asText();
    Reply second = bazaar.as("ann").get("/api/inventory/history?limit=3&cursor=" + cursor);

    assertThat(first.texts("revision")).containsExactly("6", "5", "4");
    assertThat(second.texts("revision")).containsExactly("3", "2", "1");
    assertThat(second.body().has("nextCursor")).isFalse();
    assertThat(first.body().path("items").path(0).path("kind").asText()).isEqualTo("consume");
    assertThat(first.body().path("items").path(0).path("items").path(0).path("delta").asLong())
        .isEqualTo(-2);
    assertThat(bazaar.as("bob").get("/api/inventory/history?cursor=" + cursor).problem())
        .isEqualTo("invalid-cursor");
  }

  @Test
  void showsNobodyAnOldInventoryAfterTheirOwnWrite() {
    bazaar.give("ann", "potion", 100);
    var ann = bazaar.as("ann");
    var done = new AtomicBoolean();
    List<Integer> results =
        Calls.atOnce(
            4,
            reader -> {
              if (reader > 0) {
                while (!done.get()) {
                  ann.get("/api/inventory");
                }
                return 0;
              }
              int stale = 0;
              for (int i = 1; i <= 30; i++) {
                ann.post("/api/inventory/consume", use("potion", 1));
                if (i % 10 == 0) {
                  fireside.flushRedis();
                }
                Reply shown = ann.get("/api/inventory");
                if (shown.body().path("revision").asInt() != i + 1
                    || shown.body().path("items").path(0).path("count").asInt() != 100 - i) {
                  stale++;
                }
              }
              done.set(true);
              return stale;
            });

    assertThat(results).containsOnly(0);
    fireside.settle();
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  @Test
  void isReadAndCorrectedByAdmins() {
    bazaar.give("ann", "potion", 5);
    bazaar.pay("ann", "gold", 30);
    bazaar.give("ann", "sword", 1);
    bazaar.as("ann").post("/api/inventory/equip", Map.of("item", "sword"));
    Map<String, Object> back =
        Map.of(
            "uid",
            "ann",
            "items",
            List.of(Map.of("item", "potion", "count", 7), Map.of("item", "sword", "count", 1)),
            "currencies",
            List.of(Map.of("code", "gold", "amount", 10)),
            "reason",
            "a bug gave it");
    var admin = bazaar.admin().header("Idempotency-Key", "t1");

    for (int i = 0; i < 2; i++) {
      Reply taken = admin.post("/api/inventory/takes", back);
      assertThat(taken.status()).isEqualTo(200);
      assertThat(taken.body().at("/items/0/missing").asInt()).isEqualTo(2);
      assertThat(taken.body().at("/items/0/delta").asInt()).isEqualTo(-5);
    }

    Reply shown = bazaar.admin().get("/api/inventory/players/ann");
    assertThat(shown.body()).isEqualTo(bazaar.as("ann").get("/api/inventory").body());
    assertThat(shown.body().path("items")).isEmpty();
    assertThat(shown.body().path("slots")).isEmpty();
    assertThat(shown.body().at("/currencies/gold").asInt()).isEqualTo(20);
    Reply history = bazaar.admin().get("/api/inventory/players/ann/history?limit=1");
    assertThat(history.body().at("/items/0/kind").asText()).isEqualTo("take");
    assertThat(history.body().at("/items/0/reference").asText()).isEqualTo("a bug gave it");
    for (String path : List.of("/api/inventory?uid=ann", "/api/inventory/history?uid=ann")) {
      Reply mistaken = bazaar.admin().get(path);
      assertThat(mistaken.errorFields()).containsExactly("?uid");
    }
    assertThat(bazaar.as("ann").get("/api/inventory/players/ann").status()).isEqualTo(403);
    assertThat(bazaar.as("ann").post("/api/inventory/takes", back).status()).isEqualTo(403);
    var unknown = new HashMap<String, Object>(back);
    unknown.put("items", List.of());
    unknown.put("currencies", List.of(Map.of("code", "nothing", "amount", 1)));
    Reply refused =
        bazaar.admin().header("Idempotency-Key", "t2").post("/api/inventory/takes", unknown);
    assertThat(refused.status()).isEqualTo(404);
  }

  @Test
  void forgetsACachedInventoryByTheEventOfAWriteThatDidNotSaySo() {
    bazaar.give("ann", "potion", 5);
    assertThat(bazaar.as("ann").get("/api/inventory").body().path("revision").asInt()).isOne();
    var uid = new Uid("ann");
    var change = consume("crashed");
    var holdings = new Holdings(fireside.platform());
    // What a process leaves that dies right after its commit.
    bazaar
        .documents()
        .transact(transaction -> {
          var outcome = holdings.read(transaction, uid, change).apply(change);
          holdings.write(transaction, outcome);
          return outcome;
        });
    fireside.settle();

    assertThat(bazaar.as("ann").get("/api/inventory").body().path("revision").asInt()).isEqualTo(2);
  }

  @Test
  void showsARetryAfterACrashWhatTheFirstAttemptDid() {
    bazaar.give("ann", "potion", 5);
    var ann = bazaar.as("ann").header("Idempotency-Key", "k1");
    fireside.settle();
    // No event comes before the retry.
    fireside.faults().holdAll();
    ann.get("/api/inventory");
    var uid = new Uid("ann");
    var change = consume("consume:k1");
    var holdings = new Holdings(fireside.platform());
    bazaar
        .documents()
        .transact(transaction -> {
          var outcome = holdings.read(transaction, uid, change).apply(change);
          holdings.write(transaction, outcome);
          return outcome;
        });

    Reply retry = ann.post("/api/inventory/consume", use("potion", 1));

    assertThat(retry.header("Idempotency-Replayed")).contains("true");
    assertThat(ann.get("/api/inventory").body().path("revision").asInt()).isEqualTo(2);
    assertThat(bazaar.count("ann", "potion")).isEqualTo(4);
    fireside.faults().clear();
    fireside.settle();
  }

  @Test
  void writesAllOrNothing() {
    bazaar.give("ann", "potion", 5);
    var uid = new Uid("ann");
    var holdings = new Holdings(fireside.platform());
    assertThatThrownBy(() ->
            bazaar
                .documents()
                .transact(transaction -> {
                  var outcome =
                      holdings.read(transaction, uid, consume("dies")).apply(consume("dies"));
                  holdings.write(transaction, outcome);
                  throw new UnsupportedOperationException("The process dies here");
                }))
        .isInstanceOf(RuntimeException.class);

    assertThat(bazaar.count("ann", "potion")).isEqualTo(5);
    assertThat(bazaar.revision("ann")).isOne();
    assertThat(holdings.run(uid, consume("dies"))).isInstanceOf(Outcome.Done.class);
    assertThat(holdings.run(uid, consume("dies"))).isInstanceOf(Outcome.Repeated.class);
    assertThat(bazaar.count("ann", "potion")).isEqualTo(4);
  }

  private static Change consume(String operation) {
    return Change.of(new OperationId(operation), "consume", "")
        .and(new Step.Consume(new ItemId("potion"), 1));
  }

  private static Map<String, Object> use(String item, long count) {
    return Map.of("item", item, "count", count);
  }
}
