package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventsIT {
  private static final List<String> PEOPLE = List.of("ann", "bob", "cid", "dee");

  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Town town = new Town(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  static List<Fault> faults() {
    return List.of(
        Fault.duplicate(2),
        Fault.reorder(Duration.ofMillis(400)),
        new Fault(1, Duration.ZERO, Duration.ofMillis(300), 0, 0),
        Fault.loseAnswers(2),
        Fault.loseDeliveries(2));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void comeTwiceLateOrInAnotherOrderAndLeaveEverythingRight(Fault fault) {
    town.people(PEOPLE.toArray(String[]::new));
    fireside.settle();
    fireside.faults().setAll(fault);

    town.as("ann").put("/api/users/bob/follow");
    town.as("ann").delete("/api/users/bob/follow");
    town.as("ann").put("/api/users/bob/follow");
    town.as("bob").put("/api/users/ann/follow");
    town.as("bob").delete("/api/users/ann/follow");
    town.as("cid").put("/api/users/bob/follow");
    town.as("dee").put("/api/users/ann/follow");
    town.as("ann").put("/api/users/dee/block");
    town.as("cid").put("/api/users/dee/block");
    town.as("cid").delete("/api/users/dee/block");
    town.as("dee").put("/api/users/cid/follow");
    town.as("bob").put("/api/users/dee/mute");
    town.as("bob").delete("/api/users/dee/mute");
    town.endFollow("cid", "bob");
    town.link("follows", "cid", "bob");
    fireside.settle();

    assertThat(fireside.project().deadLetters()).isEmpty();
    assertRight();
    fireside.flushRedis();
    assertRight();
  }

  private void assertRight() {
    for (String from : PEOPLE) {
      for (String to : PEOPLE) {
        var relation = town.relations().get(new Uid(from), new Uid(to));
        String pair = from + ":" + to;
        assertThat(relation.follows()).as(pair).isEqualTo(town.exists("follows/" + pair));
        assertThat(relation.mutes()).as(pair).isEqualTo(town.exists("mutes/" + pair));
        assertThat(relation.blocked())
            .as(pair)
            .isEqualTo(town.exists("blocks/" + pair) || town.exists("blocks/" + to + ":" + from));
      }
      assertThat(town.count(from, "followers")).as(from).isEqualTo(links("followee", from));
      assertThat(town.count(from, "following")).as(from).isEqualTo(links("follower", from));
    }
    assertThat(town.exists("follows/ann:bob")).isTrue();
    assertThat(town.exists("follows/dee:ann")).isFalse();
    assertThat(town.exists("follows/dee:cid")).isTrue();
  }

  private long links(String field, String uid) {
    var follows = town.documents().collection("follows");
    return town.documents().count(follows.whereEqualTo(field, uid)).count();
  }
}
