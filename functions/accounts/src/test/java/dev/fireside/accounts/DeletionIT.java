package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeletionIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Town town = new Town(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void removesEverythingAboutThePersonAndEndsTheirTokens() {
    moveIn();
    var ann = town.as("ann");

    assertThat(ann.delete("/api/users/me").status()).isEqualTo(204);

    assertThat(ann.get("/api/users/me").status()).isEqualTo(401);
    assertThat(ann.delete("/api/users/me").status()).isEqualTo(401);
    assertThat(town.document("users/ann").fields().names())
        .containsExactlyInAnyOrder("status", "deletedAt");
    assertThat(town.exists("handles/ann")).isFalse();
    assertThat(town.as("bob").get("/api/users/ann").status()).isEqualTo(404);
    fireside.settle();
    assertGone();
  }

  @Test
  void takesTheProfileAlongWithAnAccountThatIsDeletedElsewhere() {
    moveIn();
    town.as("ann");
    fireside
        .faults()
        .set("accounts-on-account-deleted", new Fault(1, Duration.ZERO, Duration.ZERO, 1, 1));

    fireside.platform().accounts().delete(new Uid("ann"));
    fireside.settle();

    assertThat(town.document("users/ann").fields().names())
        .containsExactlyInAnyOrder("status", "deletedAt");
    assertThat(town.exists("handles/ann")).isFalse();
    assertThat(town.as("bob").get("/api/users/ann").status()).isEqualTo(404);
    assertGone();
  }

  @Test
  void keepsTheProfileWhereThereIsAnAccountAgainWhenTheNewsComes() {
    moveIn();
    town.as("ann");
    fireside.faults().hold("accounts-on-account-deleted");

    fireside.platform().accounts().delete(new Uid("ann"));
    town.as("ann");
    fireside.faults().release();
    fireside.settle();

    assertThat(town.as("bob").get("/api/users/ann").status()).isEqualTo(200);
  }

  @Test
  void finishesWhatADeadProcessBegan() {
    moveIn();
    town.as("ann");
    fireside
        .faults()
        .set("accounts-on-user-deleted", new Fault(1, Duration.ZERO, Duration.ZERO, 1, 1));

    town.documents().set("users/ann", Map.of("status", "deleted", "deletedAt", Instant.now()));
    fireside.settle();

    assertGone();
    assertThat(fireside.platform().accounts().state(new Uid("ann")).exists()).isFalse();
  }

  @Test
  void endsAFollowThatIsMadeBesideIt() {
    moveIn();
    town.as("ann").delete("/api/users/me");
    fireside.settle();

    town.link("follows", "ann", "bob");
    town.link("follows", "bob", "ann");
    town.link("mutes", "bob", "ann");
    fireside.settle();

    assertGone();
  }

  @Test
  void leavesTheHandleToOthersAndThePersonWithoutAProfile() {
    moveIn();
    town.as("ann").delete("/api/users/me");
    fireside.settle();

    assertThat(
            town.as("eve")
                .post("/api/users", Map.of("handle", "ann", "displayName", "Eve"))
                .status())
        .isEqualTo(201);
    assertThat(town.as("bob").get("/api/users/@ann").body().path("uid").asText()).isEqualTo("eve");
  }

  @Test
  void deletesAnAccountWithoutAProfile() {
    var ann = town.as("ann");

    assertThat(ann.delete("/api/users/me").status()).isEqualTo(204);
    assertThat(ann.get("/api/users/me").status()).isEqualTo(401);
    assertThat(town.exists("users/ann")).isFalse();
  }

  @Test
  void goesOnByMessagesWhereThereIsMuch() {
    moveIn();
    town.documents().set("users/ann", Map.of("status", "deleted"));
    fireside.settle();
    town.link("blocks", "zoe", "ann");

    fireside.platform().topics().publish("accounts-purge-user", Map.of("uid", "ann"));
    fireside.settle();

    assertGone();
  }

  private void moveIn() {
    town.people("ann", "bob", "cid", "dee");
    town.link("follows", "ann", "bob");
    town.link("follows", "bob", "ann");
    town.link("follows", "cid", "bob");
    town.link("blocks", "ann", "cid");
    town.link("blocks", "dee", "ann");
    town.link("mutes", "ann", "dee");
    town.link("mutes", "bob", "ann");
    fireside.settle();
    assertThat(town.count("bob", "followers")).isEqualTo(2);
  }

  private void assertGone() {
    assertThat(town.documents().list(town.documents().collection("followLists")))
        .allSatisfy(list -> assertThat(list.fields().texts("followees")).doesNotContain("ann"));
    for (String collection : List.of("follows", "blocks", "mutes")) {
      assertThat(town.documents().list(town.documents().collection(collection)))
          .noneMatch(document -> List.of(document.id().split(":")).contains("ann"));
    }
    assertThat(town.exists("follows/cid:bob")).isTrue();
    assertThat(town.count("bob", "followers")).isOne();
    assertThat(town.count("bob", "following")).isZero();
    assertThat(town.blocked("cid", "ann")).isFalse();
    assertThat(town.document("users/ann").fields().names()).doesNotContain("counts", "handle");
  }
}
