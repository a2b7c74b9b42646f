package dev.fireside.games.purge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.games.Bazaar;
import dev.fireside.shared.store.Document;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PurgeIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Bazaar bazaar = new Bazaar(fireside);

  @BeforeEach
  void stock() {
    bazaar.stock();
    bazaar.settlePeople("ann", "bob");
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  private void event(String id) {
    bazaar
        .documents()
        .set(
            "events/" + id,
            Map.of(
                "title",
                "Hunt",
                "startsAt",
                Instant.EPOCH,
                "endsAt",
                fireside.clock().instant().plusSeconds(3_600),
                "tiers",
                List.of(),
                "status",
                "published",
                "phase",
                "running"));
  }

  @Test
  void removesWhatADeletedPersonOwned() {
    String id = fireside.platform().ids().next();
    event(id);
    bazaar.as("ann").post("/api/events/" + id + "/join");
    bazaar.as("bob").post("/api/events/" + id + "/join");
    bazaar.give("ann", "potion", 5);
    bazaar.give("ann", "sword", 1);
    bazaar.give("bob", "potion", 5);
    // More than a page of the history.
    bazaar
        .documents()
        .batch(batch -> {
          for (int i = 0; i < 450; i++) {
            batch.set("users/ann/inventoryHistory/old" + i, Map.of("revision", 0L));
          }
        });
    bazaar
        .documents()
        .batch(batch -> {
          for (String uid : List.of("ann", "bob")) {
            batch.set("games/by-" + uid, Map.of("uid", uid));
            batch.set("games/by-" + uid + "/batches/00000001", Map.of("last", 1L));
          }
        });
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(2));

    bazaar.documents().set("users/ann", Map.of("status", "deleted"));
    fireside.settle();

    assertThat(fireside.project().deadLetters()).isEmpty();
    assertThat(left("users/ann/inventory")).isEmpty();
    assertThat(left("users/ann/inventoryHistory")).isEmpty();
    assertThat(left("events/" + id + "/participants")).containsExactly("bob");
    assertThat(bazaar.count("bob", "potion")).isEqualTo(5);
    assertThat(left("games")).containsExactly("by-bob");
    assertThat(left("games/by-ann/batches")).isEmpty();
    assertThat(left("games/by-bob/batches")).hasSize(1);
    // A reward that is still on its way leaves nothing behind.
    bazaar.give("ann", "potion", 1);
    fireside.settle();
    assertThat(left("users/ann/inventory")).isEmpty();
    assertThat(left("users/ann/inventoryHistory")).isEmpty();
  }

  @Test
  void removesWhoTookPartInADeletedEvent() {
    String id = fireside.platform().ids().next();
    event(id);
    bazaar.as("ann").post("/api/events/" + id + "/join");
    bazaar
        .documents()
        .batch(batch -> {
          for (int i = 0; i < 300; i++) {
            batch.set("events/" + id + "/participants/p" + i, Map.of("uid", "p" + i));
          }
        });
    fireside.settle();

    assertThat(bazaar.admin().delete("/api/events/" + id).status()).isEqualTo(204);
    fireside.settle();

    assertThat(left("events/" + id + "/participants")).isEmpty();
    assertThat(bazaar.as("ann").get("/api/events/" + id).status()).isEqualTo(404);
    assertThat(bazaar.as("bob").post("/api/events/" + id + "/join").status()).isEqualTo(404);
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  private List<String> left(String collection) {
    return bazaar.documents().list(bazaar.documents().collection(collection)).stream()
        .map(Document::id)
        .toList();
  }
}
