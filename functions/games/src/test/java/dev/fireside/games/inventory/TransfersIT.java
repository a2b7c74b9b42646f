package dev.fireside.games.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.games.Bazaar;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransfersIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("INVENTORY_TRANSFERS", "true"));

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
  void handsOverBothWaysAtOnceAndLosesNothing() {
    bazaar.settlePeople("ann", "bob");
    bazaar.pay("ann", "gold", 100);
    bazaar.pay("bob", "gold", 100);
    bazaar.give("ann", "sword", 2);
    fireside.settle();

    List<Reply> replies =
        Calls.atOnce(
            24,
            i -> {
              boolean there = i % 2 == 0;
              return bazaar
                  .as(there ? "ann" : "bob")
                  // Each pair of requests is one that was sent twice.
                  .header("Idempotency-Key", "t" + i / 4)
                  .post(
                      "/api/inventory/transfers",
                      Map.of(
                          "to", there ? "bob" : "ann", "currency", "gold", "amount", 10 + i / 4));
            });

    assertThat(replies).extracting(Reply::status).containsOnly(200);
    assertThat(bazaar.balance("ann", "gold")).isEqualTo(100);
    assertThat(bazaar.balance("bob", "gold")).isEqualTo(100);
    assertThat(bazaar.operations("bob")).isEqualTo(13);
    Reply item =
        bazaar
            .as("ann")
            .post("/api/inventory/transfers", Map.of("to", "bob", "item", "sword", "count", 2));
    assertThat(item.body().path("kind").asText()).isEqualTo("transfer-out");
    assertThat(bazaar.count("ann", "sword")).isZero();
    assertThat(bazaar.count("bob", "sword")).isEqualTo(2);
    assertThat(
            bazaar
                .as("bob")
                .get("/api/inventory")
                .body()
                .path("items")
                .path(0)
                .path("count")
                .asInt())
        .isEqualTo(2);
  }

  @Test
  void handsNothingToWhoCannotBeReached() {
    bazaar.settlePeople("ann", "bob", "foe", "full");
    bazaar.documents().set("users/gone", Map.of("status", "deleted"));
    bazaar.documents().set("blocks/foe:ann", Map.of("id", "x", "blocker", "foe", "blocked", "ann"));
    bazaar.give("ann", "sword", 1);
    bazaar.give("ann", "axe", 1);
    bazaar.give("full", "sword", 2);
    var ann = bazaar.as("ann");

    for (String to : List.of("foe", "gone", "nobody")) {
      Reply reply = ann.post("/api/inventory/transfers", sword(to));
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.errorFields()).containsExactly("to");
    }
    assertThat(ann.post("/api/inventory/transfers", sword("ann")).status()).isEqualTo(400);
    Reply full = ann.post("/api/inventory/transfers", sword("full"));
    assertThat(full.status()).isEqualTo(409);
    assertThat(full.errorFields()).containsExactly("to");
    Reply bound =
        ann.post("/api/inventory/transfers", Map.of("to", "bob", "item", "axe", "count", 1));
    assertThat(bound.status()).isEqualTo(409);
    assertThat(bazaar.count("ann", "sword")).isOne();
    assertThat(bazaar.count("full", "sword")).isEqualTo(2);
  }

  @Test
  void answersATransferThatWasDoneAlikeWhateverHasComeBetween() {
    bazaar.settlePeople("ann", "bob");
    bazaar.give("ann", "sword", 1);
    var ann = bazaar.as("ann").header("Idempotency-Key", "t1");
    Reply done = ann.post("/api/inventory/transfers", sword("bob"));
    bazaar.documents().set("users/bob", Map.of("status", "deleted"));
    fireside.settle();
    fireside.flushRedis();

    Reply again = ann.post("/api/inventory/transfers", sword("bob"));

    assertThat(again.status()).isEqualTo(200);
    // Only the other player is gone from it.
    ObjectNode known = done.body().deepCopy();
    known.remove("reference");
    assertThat(again.body()).isEqualTo(known);
    assertThat(again.header("Idempotency-Replayed")).contains("true");
    Reply other = bazaar.as("ann").post("/api/inventory/transfers", sword("bob"));
    assertThat(other.status()).isEqualTo(404);
  }

  @Test
  void saysThatARetiredItemIsNotGivenOut() {
    bazaar.settlePeople("ann", "bob");
    bazaar.give("ann", "sword", 1);
    bazaar.documents().update("items/sword", Map.of("status", "retired"));

    Reply reply = bazaar.as("ann").post("/api/inventory/transfers", sword("bob"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.errorFields()).containsExactly("item");
  }

  private static Map<String, Object> sword(String to) {
    return Map.of("to", to, "item", "sword", "count", 1);
  }

  @Test
  void keepsNothingOfADeletedPersonInTheHistoriesOfOthers() {
    bazaar.settlePeople("annie", "bob");
    bazaar.pay("annie", "gold", 100);
    Map<String, Object> gift = Map.of("to", "bob", "currency", "gold", "amount", 10);
    Map<String, Object> back = Map.of("to", "annie", "currency", "gold", "amount", 4);
    assertThat(bazaar.as("annie").post("/api/inventory/transfers", gift).status()).isEqualTo(200);
    Reply sent =
        bazaar.as("bob").header("Idempotency-Key", "k").post("/api/inventory/transfers", back);
    assertThat(sent.status()).isEqualTo(200);
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(2));

    bazaar.documents().update("users/annie", Map.of("status", "deleted"));
    fireside.settle();

    Reply history = bazaar.as("bob").get("/api/inventory/history");
    assertThat(history.body().path("items").findValuesAsText("kind"))
        .containsExactly("transfer-out", "transfer-in");
    assertThat(
            bazaar
                .documents()
                .list(bazaar.documents().collection("users/bob/inventoryHistory"))
                .toString())
        .doesNotContain("annie");
    assertThat(bazaar.balance("bob", "gold")).isEqualTo(6);
    // What is sent again is still known.
    Reply again =
        bazaar.as("bob").header("Idempotency-Key", "k").post("/api/inventory/transfers", back);
    assertThat(again.status()).isEqualTo(200);
    assertThat(bazaar.balance("bob", "gold")).isEqualTo(6);
  }
}
