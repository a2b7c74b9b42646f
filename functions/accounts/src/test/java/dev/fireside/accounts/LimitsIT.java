package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.social.store.RelationReader;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitsIT {
  // Without the events of five thousand documents.
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("accounts");

  private final Town town = new Town(fireside);

  @Test
  void endsAtFiveThousandPeople() {
    town.people("ann", "bob", "cid");
    town.linkAll(
        "mutes",
        IntStream.range(1, RelationReader.EACH_MAX)
            .mapToObj(i -> List.of("ann", "x" + i))
            .toList());
    var ann = town.as("ann");

    assertThat(ann.put("/api/users/bob/mute").status()).isEqualTo(204);
    assertThat(ann.put("/api/users/bob/mute").status()).isEqualTo(204);
    Reply tooMany = ann.put("/api/users/cid/mute");

    assertThat(tooMany.status()).isEqualTo(409);
    assertThat(tooMany.body().path("detail").asText()).contains("5000");
    assertThat(ann.delete("/api/users/x1/mute").status()).isEqualTo(204);
    assertThat(ann.put("/api/users/cid/mute").status()).isEqualTo(204);
  }

  @Test
  void answersTwoHundredCallsOfOnePersonAtOnce() {
    town.people("ann", "bob");
    var ann = town.as("ann");

    assertThat(Calls.atOnce(200, i -> patiently(() -> ann.put("/api/users/bob/follow"))))
        .extracting(Reply::status)
        .containsOnly(204);
    assertThat(town.exists("follows/ann:bob")).isTrue();
  }

  /// Calls as clients do: again where too much is going on.
  private static Reply patiently(Supplier<Reply> call) {
    Reply reply = call.get();
    while (reply.status() == 503 && reply.header("Retry-After").isPresent()) {
      reply = call.get();
    }
    return reply;
  }
}
