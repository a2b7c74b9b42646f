package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BlocksIT {
  private static final int ROUNDS = 15;

  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Town town = new Town(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void cutsFollowsBothWaysAndHidesEachFromTheOther() {
    town.people("ann", "bob");
    var ann = town.as("ann");
    var bob = town.as("bob");
    ann.put("/api/users/bob/follow");
    bob.put("/api/users/ann/follow");

    assertThat(ann.put("/api/users/bob/block").status()).isEqualTo(204);
    assertThat(ann.put("/api/users/bob/block").status()).isEqualTo(204);

    assertThat(town.exists("follows/ann:bob")).isFalse();
    assertThat(town.exists("follows/bob:ann")).isFalse();
    assertThat(town.follows("ann", "bob")).isFalse();
    assertThat(town.follows("bob", "ann")).isFalse();
    for (Reply reply :
        List.of(
            ann.get("/api/users/bob"),
            bob.get("/api/users/ann"),
            bob.get("/api/users/@ann"),
            bob.get("/api/users/ann/followers"),
            ann.get("/api/users/bob/following"),
            bob.put("/api/users/ann/follow"),
            ann.put("/api/users/bob/follow"),
            bob.put("/api/users/ann/block"),
            bob.put("/api/users/ann/mute"))) {
      assertThat(reply.status()).isEqualTo(404);
    }
    fireside.settle();
    assertThat(town.count("ann", "followers")).isZero();
    assertThat(town.count("ann", "following")).isZero();
    assertThat(town.count("bob", "followers")).isZero();
  }

  @Test
  void showsWhomOneBlockedAndLiftsIt() {
    town.people("ann", "bob", "cid");
    var ann = town.as("ann");
    ann.put("/api/users/bob/block");
    ann.put("/api/users/cid/mute");

    Reply blocks = ann.get("/api/users/me/blocks");
    assertThat(blocks.texts("uid")).containsExactly("bob");
    assertThat(blocks.body().path("items").path(0).path("relation").path("blockedByMe").asBoolean())
        .isTrue();
    assertThat(ann.get("/api/users/me/mutes").texts("uid")).containsExactly("cid");
    assertThat(town.as("bob").get("/api/users/me/blocks").texts("uid")).isEmpty();

    assertThat(ann.delete("/api/users/bob/block").status()).isEqualTo(204);
    assertThat(ann.delete("/api/users/bob/block").status()).isEqualTo(204);
    assertThat(ann.delete("/api/users/cid/mute").status()).isEqualTo(204);

    assertThat(ann.get("/api/users/bob").status()).isEqualTo(200);
    assertThat(town.as("bob").put("/api/users/ann/follow").status()).isEqualTo(204);
    assertThat(ann.get("/api/users/me/blocks").texts("uid")).isEmpty();
    assertThat(ann.get("/api/users/me/mutes").texts("uid")).isEmpty();
    fireside.settle();
    assertThat(town.follows("bob", "ann")).isTrue();
  }

  @Test
  void leavesNoFollowWhenBothHappenAtOnce() {
    for (int round = 0; round < ROUNDS; round++) {
      String a = "a" + round;
      String b = "b" + round;
      town.people(a, b);
      var blocker = town.as(a);
      var follower = town.as(b);
      if (round % 3 == 0) {
        follower.get("/api/users/" + a);
      }

      Calls.atOnce(
          3,
          i ->
              switch (i) {
                case 0 -> follower.put("/api/users/" + a + "/follow");
                case 1 -> blocker.put("/api/users/" + b + "/block");
                default -> blocker.put("/api/users/" + b + "/follow");
              });
    }
    fireside.settle();

    assertThat(town.documents().list(town.documents().collection("follows"))).isEmpty();
    for (int round = 0; round < ROUNDS; round++) {
      assertThat(town.exists("blocks/a" + round + ":b" + round)).isTrue();
      assertThat(town.blocked("b" + round, "a" + round)).isTrue();
      assertThat(town.follows("b" + round, "a" + round)).isFalse();
      assertThat(town.count("a" + round, "followers")).isZero();
    }
  }

  @Test
  void cutsFollowsByTheEventWhenOnlyTheBlockWasCommitted() {
    town.people("ann", "bob");
    town.link("follows", "ann", "bob");
    town.link("follows", "bob", "ann");
    fireside.settle();
    assertThat(town.follows("ann", "bob")).isTrue();

    town.link("blocks", "bob", "ann");
    fireside.settle();

    assertThat(town.documents().list(town.documents().collection("follows"))).isEmpty();
    assertThat(town.follows("ann", "bob")).isFalse();
    assertThat(town.blocked("ann", "bob")).isTrue();
    assertThat(town.blocked("bob", "ann")).isTrue();
    assertThat(town.count("ann", "followers")).isZero();

    town.documents().delete("blocks/bob:ann");
    fireside.settle();
    assertThat(town.blocked("ann", "bob")).isFalse();
    assertThat(town.blocked("bob", "ann")).isFalse();
  }

  @Test
  void cutsByTheEventAFollowThatADeadProcessLeftBesideABlock() {
    town.people("ann", "bob");
    town.link("blocks", "ann", "bob");
    fireside.settle();

    town.link("follows", "bob", "ann");
    fireside.settle();

    assertThat(town.exists("follows/bob:ann")).isFalse();
    assertThat(town.count("ann", "followers")).isZero();
  }

  @Test
  void sparesAFollowThatBeganAfterTheBlockWasLifted() {
    town.people("ann", "bob");
    fireside.faults().hold("accounts-on-block-written");
    var ann = town.as("ann");
    var bob = town.as("bob");

    ann.put("/api/users/bob/block");
    ann.delete("/api/users/bob/block");
    assertThat(bob.put("/api/users/ann/follow").status()).isEqualTo(204);
    fireside.faults().release();
    fireside.settle();

    assertThat(town.exists("follows/bob:ann")).isTrue();
    assertThat(town.follows("bob", "ann")).isTrue();
    assertThat(town.blocked("bob", "ann")).isFalse();
  }

  @Test
  void doesNotBlockOrMuteOneself() {
    town.people("ann");

    assertThat(town.as("ann").put("/api/users/me/block").status()).isEqualTo(409);
    assertThat(town.as("ann").put("/api/users/ann/mute").status()).isEqualTo(409);
    assertThat(town.as("ann").put("/api/users/nobody/block").status()).isEqualTo(404);
    assertThat(town.as("ann").delete("/api/users/nobody/block").status()).isEqualTo(204);
    assertThat(town.as("ann").delete("/api/users/me/block").status()).isEqualTo(204);
    assertThat(town.as("ann").delete("/api/users/me/follow").status()).isEqualTo(204);
  }
}
