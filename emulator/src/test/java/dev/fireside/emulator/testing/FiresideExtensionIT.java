package dev.fireside.emulator.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.sample.Journal;
import dev.fireside.shared.auth.Role;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FiresideExtensionIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().topics("sample-elsewhere");

  private Journal journal;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    journal = Journal.of(fireside.platform());
    journal.clear();
  }

  @Test
  void aWriteRunsItsFunctionsAndWhatTheyWriteRunsThemAgain() {
    assertThat(fireside.http().anonymous().put("/api/notes/a").status()).isEqualTo(204);
    fireside.settle();

    assertThat(journal.created)
        .singleElement()
        .satisfies(change -> {
          assertThat(change.before()).isNull();
          assertThat(change.after()).isNotNull();
          assertThat(change.path()).isEqualTo("notes/a");
        });
    assertThat(journal.changes).hasSize(2);
    assertThat(journal.messages)
        .singleElement()
        .satisfies(message -> assertThat(message.data()).isEqualTo("{\"id\":\"a\"}"));
    assertThat(fireside.published("sample-elsewhere")).hasSize(1);
  }

  @Test
  void callersAreWhoTheySayTheyAre() {
    Reply me = fireside.http().as("ada", Role.MODERATOR).get("/api/notes/me");

    assertThat(me.status()).isEqualTo(200);
    assertThat(me.body().path("uid").asText()).isEqualTo("ada");
    assertThat(me.body().path("roles").path(0).asText()).isEqualTo("MODERATOR");
    assertThat(fireside.http().anonymous().get("/api/notes/me").problem())
        .isEqualTo("unauthenticated");
  }

  @Test
  void tokensStayValidHoweverTheClockIsMoved() {
    var ada = fireside.http().as("ada");
    assertThat(ada.get("/api/notes/me").status()).isEqualTo(200);

    fireside.clock().advance(Duration.ofHours(2));

    assertThat(ada.get("/api/notes/me").status()).isEqualTo(200);
    assertThat(fireside.http().as("ada").get("/api/notes/me").status()).isEqualTo(200);
  }

  @Test
  void countsTellWhatACallCost() {
    var before = fireside.counts();

    assertThat(fireside.http().anonymous().get("/api/notes/missing").status()).isEqualTo(404);

    assertThat(fireside.counts().minus(before).reads()).isEqualTo(1);
    assertThat(fireside.counts().minus(before).writes()).isZero();
  }

  @Test
  void schedulesFireByHand() {
    fireside.fire("tick");

    assertThat(journal.ticks).hasSize(1);
  }

  @Test
  void aResetLeavesNothingAndFiresNothing() {
    fireside.platform().documents().set("notes/b", Map.of("text", "x"));
    fireside.platform().redis().call(client -> client.set("key", "value"));
    fireside.settle();
    journal.clear();

    fireside.resetData();
    fireside.settle();

    assertThat(fireside.platform().documents().get("notes/b")).isEmpty();
    assertThat(redisKey()).isNull();
    assertThat(journal.changes).isEmpty();
  }

  @Test
  void redisCanBeKilledAndComesBackEmpty() {
    fireside.platform().redis().call(client -> client.set("key", "value"));

    fireside.killRedis();
    fireside.restartRedis();

    assertThat(redisKey()).isNull();
  }

  private static String redisKey() {
    return fireside.platform().redis().call(client -> client.get("key"));
  }
}
