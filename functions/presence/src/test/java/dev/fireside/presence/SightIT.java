package dev.fireside.presence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Who sees whose presence, asked for and pushed; and what people say they do.
class SightIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Devices devices = new Devices(fireside);

  @BeforeEach
  void begin() {
    devices.people("ada", "bob", "eve");
    devices.follow("bob", "ada");
    devices.connect("ada", "phone");
    fireside.settle();
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @ParameterizedTest
  @CsvSource({
    "everybody, online, online, online",
    "followers, online, nothing, online",
    "nobody, nothing, nothing, online"
  })
  void isSeenByThoseWhomThePersonHasChosen(
      String audience, String follower, String stranger, String self) {
    devices.visibleTo("ada", audience);

    assertThat(devices.seen("bob", "ada")).isEqualTo(follower);
    assertThat(devices.seen("eve", "ada")).isEqualTo(stranger);
    assertThat(devices.seen("ada", "ada")).isEqualTo(self);
  }

  @Test
  void isSeenByFollowersWhereNothingWasChosen() {
    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
    assertThat(devices.seen("eve", "ada")).isEqualTo("nothing");
  }

  @Test
  void isNotSeenAcrossABlockNorOfWhoIsNotThere() {
    devices.visibleTo("ada", "everybody");
    devices.block("ada", "eve");
    assertThat(devices.seen("eve", "ada")).isEqualTo("nothing");
    devices.unblock("ada", "eve");
    devices.block("eve", "ada");
    assertThat(devices.seen("eve", "ada")).isEqualTo("nothing");

    devices.status("ada", "suspended");
    assertThat(devices.seen("bob", "ada")).isEqualTo("nothing");
    devices.status("ada", "deleted");
    assertThat(devices.seen("bob", "ada")).isEqualTo("nothing");
    assertThat(devices.seen("bob", "nobody")).isEqualTo("nothing");
  }

  @Test
  void whoWatchesIsToldWhereAndMayListen() {
    assertThat(devices.mayWatch("bob", "ada")).isFalse();
    Reply reply = devices.watch("bob", "ada", "nobody");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().path("items")).hasSize(1);
    var place = reply.body().path("items").path(0);
    assertThat(place.path("uid").asText()).isEqualTo("ada");
    assertThat(place.path("path").asText()).isEqualTo("presence/ada");
    assertThat(place.path("database").asText()).isEqualTo(devices.database().url());
    assertThat(devices.mayWatch("bob", "ada")).isTrue();
    assertThat(devices.watch("eve", "ada").body().path("items")).isEmpty();
    assertThat(devices.mayWatch("eve", "ada")).isFalse();
  }

  @Test
  void whoMayNotSeeAnyMoreIsRefused() {
    Map<String, Runnable> ends = new HashMap<>();
    ends.put("unfollow", () -> devices.unfollow("bob", "ada"));
    ends.put("block", () -> devices.block("ada", "bob"));
    ends.put("blocked", () -> devices.block("bob", "ada"));
    ends.put("setting", () -> devices.visibleTo("ada", "nobody"));
    ends.put("suspension", () -> devices.status("ada", "suspended"));
    ends.forEach((name, end) -> {
      fireside.resetData();
      begin();
      devices.watch("bob", "ada");
      assertThat(devices.mayWatch("bob", "ada")).as(name).isTrue();
      end.run();
      fireside.settle();
      assertThat(devices.mayWatch("bob", "ada")).as(name).isFalse();
    });
  }

  @Test
  void aChangeCostsOneWriteHoweverManyFollow() {
    List<String> many = IntStream.range(0, 50).mapToObj(i -> "fan" + i).toList();
    devices.people(many.toArray(String[]::new));
    many.forEach(fan -> devices.follow(fan, "ada"));
    fireside.settle();
    many.forEach(fan -> devices.watch(fan, "ada"));
    long before = fireside.counts().realtimeWrites();
    devices.say("ada", "phone", "away");
    fireside.settle();

    assertThat(fireside.counts().realtimeWrites() - before).isOne();
    assertThat(devices.at("presence/ada/state").asText()).isEqualTo("away");
  }

  @Test
  void showsWhatAPersonSaysTheyDoWhileTheyAreThere() {
    devices.settings("ada", Map.of("activity", "  in a match  "));
    assertThat(devices.seen("bob", "ada")).isEqualTo("online: in a match");
    assertThat(devices.at("presence/ada/activity").asText()).isEqualTo("in a match");

    devices.say("ada", "phone", "away");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("away: in a match");

    devices.drop("ada/phone");
    fireside.settle();
    assertThat(devices.seen("bob", "ada")).isEqualTo("offline");
    assertThat(devices.at("presence/ada/activity").isNull()).isTrue();
  }

  @Test
  void whatSomebodyDidTheLastTimeIsOver() {
    fireside.clock().advance(Duration.ofMinutes(-1));
    devices.settings("ada", Map.of("activity", "in a match"));
    devices.drop("ada/phone");
    fireside.settle();
    devices.connect("ada", "phone");
    fireside.settle();

    assertThat(devices.seen("bob", "ada")).isEqualTo("online");
  }

  @Test
  void anActivityIsTakenBack() {
    devices.settings("ada", Map.of("activity", "in a match", "visibility", "everybody"));
    devices.settings("ada", Devices.json("{\"activity\":null}"));

    assertThat(devices.seen("eve", "ada")).isEqualTo("online");
    var own = devices.as("ada").get("/api/presence/me").body();
    assertThat(own.path("visibility").asText()).isEqualTo("everybody");
    assertThat(own.has("activity")).isFalse();
    assertThat(own.path("path").asText()).isEqualTo("status/ada");
    assertThat(own.path("database").asText()).isEqualTo(devices.database().url());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"activity\":\"a\\nb\"} | activity",
        "{\"activity\":\"a\\u202eb\"} | activity",
        "{\"activity\":\"\\u200b\"} | activity",
        "{\"activity\":7} | activity",
        "{\"visibility\":\"friends\"} | visibility",
        "{\"visibility\":null} | visibility"
      })
  void refusesSettingsThatAreNone(String body, String field) {
    Reply reply = devices.as("ada").patch("/api/presence/me", Devices.json(body));

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("errors").path(0).path("field").asText()).isEqualTo(field);
  }

  @Test
  void refusesAnActivityThatIsTooLong() {
    assertThat(
            devices
                .as("ada")
                .patch("/api/presence/me", Map.of("activity", "😀".repeat(80)))
                .status())
        .isEqualTo(200);
    assertThat(
            devices
                .as("ada")
                .patch("/api/presence/me", Map.of("activity", "😀".repeat(81)))
                .status())
        .isEqualTo(400);
  }

  @Test
  void settingsNeedAProfile() {
    Reply reply = devices.as("new").patch("/api/presence/me", Map.of("visibility", "nobody"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body().path("reason").asText()).isEqualTo("no-profile");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?users=", "?users=ada,", "?users=ada,a%20b", "?users=__x__"})
  void refusesPeopleThatAreNone(String query) {
    Reply reply = devices.as("bob").get("/api/presence" + query);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body().path("errors").path(0).path("field").asText()).isEqualTo("?users");
  }

  @Test
  void namesTheIdThatIsNone() {
    Reply reply = devices.as("bob").get("/api/presence?users=ada,a.b");
    assertThat(reply.body().path("errors").path(0).path("message").asText()).contains("`a.b`");

    Reply watch = devices.watch("bob", "ada", "a.b");
    assertThat(watch.status()).isEqualTo(400);
    assertThat(watch.body().path("errors").path(0).path("field").asText()).isEqualTo("users/1");
  }

  @Test
  void takesAHundredPeopleAndNotOneMore() {
    String hundred =
        IntStream.range(0, 100).mapToObj(i -> "u" + i).collect(Collectors.joining(","));
    assertThat(devices.as("bob").get("/api/presence?users=" + hundred).status()).isEqualTo(200);
    assertThat(devices.as("bob").get("/api/presence?users=ada," + hundred).status()).isEqualTo(400);
    assertThat(devices.watch("bob").status()).isEqualTo(400);
    assertThat(devices.watch("bob", ("ada," + hundred).split(",")).status()).isEqualTo(400);
  }

  @Test
  void readsInOneRoundTripWhereAllIsKept() {
    devices.as("bob").get("/api/presence?users=ada,eve");
    var before = fireside.counts();
    devices.as("bob").get("/api/presence?users=ada,eve");

    assertThat(fireside.counts().minus(before).reads()).isZero();
    assertThat(fireside.counts().minus(before).roundTrips()).isLessThanOrEqualTo(2);
  }
}
