package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What moderators note about cases.
class NotesIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);
  private final Desk desk = new Desk(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.05));
  }

  private Reply note(String who, JsonNode doubt, String key, String text) {
    return desk.mod(who)
        .header("Idempotency-Key", key)
        .post(Desk.path(doubt) + "/notes", Map.of("text", text));
  }

  private static List<String> texts(JsonNode doubt) {
    var texts = new ArrayList<String>();
    doubt.path("notes").forEach(note -> texts.add(note.path("text").asText()));
    return texts;
  }

  @Test
  void keepsNotesOfDecisionsAndThoseAddedLater() {
    JsonNode doubt = desk.onlyCase();
    assertThat(texts(doubt)).isEmpty();
    assertThat(note("max", doubt, "k1", "asked the store").status()).isEqualTo(200);
    note("max", doubt, "k1", "asked the store");
    desk.claim("mia", doubt);
    Map<String, String> decision = Map.of("decision", "grant", "note", "the store agrees");
    assertThat(desk.mod("mia").post(Desk.path(doubt) + "/decision", decision).status())
        .isEqualTo(200);
    // The same again is no other note.
    desk.mod("mia").post(Desk.path(doubt) + "/decision", decision);
    note("ann", doubt, "k2", "told them");
    JsonNode decided = desk.cases("decided").path(0);
    assertThat(texts(decided)).containsExactly("asked the store", "the store agrees", "told them");
    JsonNode note = decided.path("notes").path(1);
    assertThat(note.path("by").asText()).isEqualTo("mia");
    assertThat(Instant.parse(note.path("at").asText())).isAfter(Instant.EPOCH);
    JsonNode found =
        desk.mod("mia").get("/api/reviews?status=decided&uid=" + Shop.ALICE).body().path("items");
    assertThat(texts(found.path(0))).hasSize(3);
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void losesNoNoteOfThoseThatComeTogether() throws Exception {
    JsonNode doubt = desk.onlyCase();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Reply>> calls =
          IntStream.range(0, 6)
              .mapToObj(i -> (Callable<Reply>) () -> note("m" + i, doubt, "k" + i, "note " + i))
              .toList();
      for (Future<Reply> reply : threads.invokeAll(calls)) {
        assertThat(reply.get().status()).isEqualTo(200);
      }
    }
    assertThat(texts(desk.onlyCase())).hasSize(6);
  }

  @Test
  void takesNoNotesAboutOneself() {
    JsonNode doubt = desk.onlyCase();
    Reply own =
        fireside
            .http()
            .as(Shop.ALICE, Role.MODERATOR)
            .post(Desk.path(doubt) + "/notes", Map.of("text", "it was fine"));
    assertThat(own.status()).isEqualTo(403);
    assertThat(
            fireside
                .http()
                .as(Shop.BOB)
                .post(Desk.path(doubt) + "/notes", Map.of("text", "x"))
                .status())
        .isEqualTo(403);
    assertThat(note("mia", doubt, "k", " ").status()).isEqualTo(400);
    assertThat(note("mia", doubt, "k", "x".repeat(1_001)).status()).isEqualTo(400);
    assertThat(desk.mod("mia").post("/api/reviews/none/notes", Map.of("text", "x")).status())
        .isEqualTo(404);
  }
}
