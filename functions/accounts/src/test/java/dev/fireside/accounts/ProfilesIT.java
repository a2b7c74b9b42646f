package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfilesIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Town town = new Town(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void createsAProfileOnceAndAnswersAlikeAgain() {
    var ann = town.as("ann");
    Map<String, Object> body =
        Map.of(
            "handle", "@Ann_A",
            "displayName", " Ann 🎈 ",
            "bio", "Hello\nworld",
            "avatarUrl", "https://img.example/ann.png");

    Reply first = ann.post("/api/users", body);
    Reply again = ann.post("/api/users", body);

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Location")).contains("/api/users/ann");
    assertThat(first.body().path("uid").asText()).isEqualTo("ann");
    assertThat(first.body().path("handle").asText()).isEqualTo("ann_a");
    assertThat(first.body().path("displayName").asText()).isEqualTo("Ann 🎈");
    assertThat(first.body().path("bio").asText()).isEqualTo("Hello\nworld");
    assertThat(first.body().path("status").asText()).isEqualTo("active");
    assertThat(first.body().path("counts").path("followers").asLong(-1)).isZero();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
  }

  @Test
  void refusesASecondOtherProfile() {
    var ann = town.as("ann");
    ann.post("/api/users", Map.of("handle", "ann", "displayName", "Ann"));

    Reply other = ann.post("/api/users", Map.of("handle", "anna", "displayName", "Ann"));

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.problem()).isEqualTo("conflict");
    assertThat(town.exists("handles/anna")).isFalse();
  }

  @Test
  void givesAHandleToOneOfManyWhoWantItAtOnce() {
    List<Reply> replies =
        Calls.atOnce(
            8,
            i ->
                town.as("p" + i)
                    .post("/api/users", Map.of("handle", "wanted", "displayName", "P" + i)));

    assertThat(replies).extracting(Reply::status).containsOnly(201, 409).containsOnlyOnce(201);
    assertThat(replies)
        .filteredOn(reply -> reply.status() == 409)
        .allSatisfy(reply ->
            assertThat(reply.body().path("errors").path(0).path("field").asText())
                .isEqualTo("handle"));
    String owner = town.document("handles/wanted").fields().requiredText("uid");
    assertThat(town.document("users/" + owner).fields().requiredText("handle")).isEqualTo("wanted");
    assertThat(town.documents().count(town.documents().collection("users")).count()).isOne();
  }

  @Test
  void showsOthersOnlyWhatIsPublic() {
    town.people("ann", "bob");

    Reply anonymous = fireside.http().anonymous().get("/api/users/ann");
    Reply byHandle = fireside.http().anonymous().get("/api/users/@ANN");
    Reply viewer = town.as("bob").get("/api/users/%40ann");

    assertThat(anonymous.status()).isEqualTo(200);
    assertThat(anonymous.body().properties())
        .extracting(Map.Entry::getKey)
        .containsExactlyInAnyOrder("uid", "handle", "displayName", "counts", "createdAt");
    assertThat(byHandle.body()).isEqualTo(anonymous.body());
    assertThat(viewer.body().path("relation").toString())
        .isEqualTo(
            "{\"follows\":false,\"followedBy\":false,\"mutes\":false,\"blockedByMe\":false}");
  }

  @Test
  void tellsHowTheViewerStandsToAPerson() {
    town.people("ann", "bob");
    town.as("ann").put("/api/users/bob/follow");
    town.as("bob").put("/api/users/ann/mute");

    assertThat(town.as("ann").get("/api/users/bob").body().path("relation").toString())
        .isEqualTo("{\"follows\":true,\"followedBy\":false,\"mutes\":false,\"blockedByMe\":false}");
    assertThat(town.as("bob").get("/api/users/ann").body().path("relation").toString())
        .isEqualTo("{\"follows\":false,\"followedBy\":true,\"mutes\":true,\"blockedByMe\":false}");
  }

  @Test
  void answersWhatHasNotChangedWithoutABody() {
    town.people("ann");
    var bob = town.as("bob");
    String etag = bob.get("/api/users/ann").header("ETag").orElseThrow();

    Reply unchanged = bob.header("If-None-Match", etag).get("/api/users/ann");
    town.as("ann").patch("/api/users/me", Map.of("bio", "New"));
    Reply changed = bob.header("If-None-Match", etag).get("/api/users/ann");

    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.body().path("bio").asText()).isEqualTo("New");
  }

  @Test
  void knowsNobodyWhoIsNotThere() {
    var ann = town.as("ann");

    assertThat(ann.get("/api/users/nobody_here").status()).isEqualTo(404);
    assertThat(ann.get("/api/users/@nobody_here").status()).isEqualTo(404);
    assertThat(ann.get("/api/users/@").status()).isEqualTo(404);
    assertThat(ann.get("/api/users/a%20b").status()).isEqualTo(404);
    assertThat(ann.get("/api/users/me").status()).isEqualTo(404);
    assertThat(ann.patch("/api/users/me", Map.of("bio", "x")).status()).isEqualTo(404);
    assertThat(fireside.http().anonymous().get("/api/users/me").status()).isEqualTo(401);
  }

  @Test
  void readsManyPeopleAtOnceInTheOrderAskedFor() {
    town.people("ann", "bob", "cid");
    town.as("cid").put("/api/users/ann/block");

    Reply all = fireside.http().anonymous().get("/api/users?ids=cid,nobody,ann,bob,cid");
    Reply blocked = town.as("ann").get("/api/users?ids=cid,ann,bob");

    assertThat(all.texts("uid")).containsExactly("cid", "ann", "bob");
    assertThat(blocked.texts("uid")).containsExactly("ann", "bob");
    for (String wrong :
        List.of("", "?ids=", "?ids=a%20b", "?ids=a,,b", "?ids=a" + ",b".repeat(100))) {
      Reply reply = fireside.http().anonymous().get("/api/users" + wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(400);
      assertThat(reply.body().path("errors").path(0).path("field").asText()).isEqualTo("?ids");
    }
  }

  @Test
  void changesWhatIsNamedAndClearsByNull() {
    var ann = town.as("ann");
    ann.post(
        "/api/users",
        Map.of("handle", "ann", "displayName", "Ann", "bio", "Hi", "avatarUrl", "https://a.b/c"));
    // As raw text: our mapper leaves null out.
    byte[] edit = "{\"displayName\":\"Anna\",\"bio\":null}".getBytes(StandardCharsets.UTF_8);

    Reply edited = ann.raw("PATCH", "/api/users/me", edit, "application/json");
    Reply same = ann.patch("/api/users/me", Map.of());

    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.body().path("displayName").asText()).isEqualTo("Anna");
    assertThat(edited.body().has("bio")).isFalse();
    assertThat(edited.body().path("avatarUrl").asText()).isEqualTo("https://a.b/c");
    assertThat(same.body()).isEqualTo(edited.body());
    assertThat(ann.get("/api/users/ann").body()).isEqualTo(edited.body());
    assertThat(town.document("users/ann").fields().names()).doesNotContain("bio");
  }

  @Test
  void freesTheOldHandleWhenANewOneIsTaken() {
    town.people("ann", "bob");

    Reply moved = town.as("ann").patch("/api/users/me", Map.of("handle", "anna"));
    Reply taken = town.as("ann").patch("/api/users/me", Map.of("handle", "bob", "bio", "x"));
    Reply reused = town.as("bob").patch("/api/users/me", Map.of("handle", "ann"));

    assertThat(moved.status()).isEqualTo(200);
    assertThat(moved.body().path("counts").isObject()).isTrue();
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.body().path("errors").path(0).path("field").asText()).isEqualTo("handle");
    assertThat(town.document("users/ann").fields().text("bio")).isEmpty();
    assertThat(reused.status()).isEqualTo(200);
    var anonymous = fireside.http().anonymous();
    assertThat(anonymous.get("/api/users/@ann").body().path("uid").asText()).isEqualTo("bob");
    assertThat(anonymous.get("/api/users/@anna").body().path("uid").asText()).isEqualTo("ann");
    assertThat(anonymous.get("/api/users/@bob").status()).isEqualTo(404);
  }

  @Test
  void keepsOneHandleAPersonWhenTheyChangeItManyTimesAtOnce() {
    town.people("ann");

    List<Reply> replies =
        Calls.atOnce(6, i -> town.as("ann").patch("/api/users/me", Map.of("handle", "ann" + i)));

    assertThat(replies).extracting(Reply::status).containsOnly(200);
    String handle = town.document("users/ann").fields().requiredText("handle");
    assertThat(town.documents().list(town.documents().collection("handles")))
        .extracting(claim -> claim.id())
        .containsExactly(handle);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                                        | handle",
        "{\"displayName\":\"A\"}                                   | handle",
        "{\"handle\":\"ann\"}                                      | displayName",
        "{\"handle\":null,\"displayName\":\"A\"}                   | handle",
        "{\"handle\":5,\"displayName\":\"A\"}                      | handle",
        "{\"handle\":[\"ann\"],\"displayName\":\"A\"}              | handle",
        "{\"handle\":\"an\",\"displayName\":\"A\"}                 | handle",
        "{\"handle\":\"admin\",\"displayName\":\"A\"}              | handle",
        "{\"handle\":\"a..b\",\"displayName\":\"A\"}               | handle",
        "{\"handle\":\"аnn\",\"displayName\":\"A\"}                | handle",
        "{\"handle\":\"ann\",\"displayName\":\"\"}                 | displayName",
        "{\"handle\":\"ann\",\"displayName\":\"   \"}              | displayName",
        "{\"handle\":\"ann\",\"displayName\":\"\\u202eA\"}         | displayName",
        "{\"handle\":\"ann\",\"displayName\":\"\\ud83d\"}          | displayName",
        "{\"handle\":\"ann\",\"displayName\":\"a\\u0000b\"}        | displayName",
        "{\"handle\":\"ann\",\"displayName\":{}}                   | displayName",
        "{\"handle\":\"ann\",\"displayName\":\"A\",\"bio\":1}      | bio",
        "{\"handle\":\"ann\",\"displayName\":\"A\",\"avatarUrl\":\"http://a.b\"}     | avatarUrl",
        "{\"handle\":\"ann\",\"displayName\":\"A\",\"bio\":\"\\u2800\"}     | bio",
        "{\"handle\":\"ann\",\"displayName\":\"\\u3164\"}     | displayName",
        "{\"handle\":\"ann\",\"displayName\":\"A\",\"avatarUrl\":\"javascript:1\"}   | avatarUrl",
        "{\"handle\":\"ann\",\"handle\":\"bob\",\"displayName\":\"A\"}               | handle",
        "[]                                                        | body",
        "\"ann\"                                                   | body",
        "{\"handle\":                                              | handle",
      })
  void namesTheFieldThatIsWrong(String body, String field) {
    Reply reply =
        town.as("ann")
            .raw(
                "POST",
                "/api/users",
                body.getBytes(StandardCharsets.UTF_8),
                "application/json; charset=utf-8");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.body().path("errors").path(0).path("field").asText()).isEqualTo(field);
    assertThat(town.exists("users/ann")).isFalse();
  }

  @Test
  void refusesBodiesThatAreTooLongOrOfAnotherKind() {
    var ann = town.as("ann");

    assertThat(
            ann.post("/api/users", Map.of("handle", "ann", "displayName", "x".repeat(300_000)))
                .status())
        .isEqualTo(413);
    assertThat(
            ann.post("/api/users", Map.of("handle", "ann", "displayName", "x".repeat(51))).status())
        .isEqualTo(400);
    assertThat(
            ann.post(
                    "/api/users",
                    Map.of("handle", "ann", "displayName", "Ann", "bio", "🎈".repeat(301)))
                .status())
        .isEqualTo(400);
    assertThat(
            ann.raw("POST", "/api/users", "{}".getBytes(StandardCharsets.UTF_8), "text/plain")
                .status())
        .isEqualTo(415);
    assertThat(
            ann.raw(
                    "POST",
                    "/api/users",
                    new byte[] {'{', '"', (byte) 0xff, '"'},
                    "application/json")
                .status())
        .isEqualTo(400);
    assertThat(
            ann.post("/api/users", Map.of("handle", "ann", "displayName", "🎈".repeat(50)))
                .status())
        .isEqualTo(201);
  }

  @Test
  void replaysACreationWithAnIdempotencyKey() {
    var ann = town.as("ann").header("Idempotency-Key", "one");

    Reply first = ann.post("/api/users", Map.of("handle", "ann", "displayName", "Ann"));
    Reply replay = ann.post("/api/users", Map.of("handle", "ann", "displayName", "Ann"));

    assertThat(replay.status()).isEqualTo(201);
    assertThat(replay.header("Idempotency-Replayed")).contains("true");
    assertThat(replay.body()).isEqualTo(first.body());
  }

  @Test
  void showsWhatAnEventBringsAfterAProcessDiedBeforeTheCache() {
    town.people("ann");
    var anonymous = fireside.http().anonymous();
    assertThat(anonymous.get("/api/users/ann").body().has("bio")).isFalse();

    town.documents().update("users/ann", Map.of("bio", "Committed, not cached"));
    fireside.settle();

    assertThat(anonymous.get("/api/users/ann").body().path("bio").asText())
        .isEqualTo("Committed, not cached");
  }

  @Test
  void tellsWhoMayCallWhat() {
    assertThat(new AccountsFunction(fireside.platform()).app().describe())
        .hasSize(21)
        .contains(
            "GET /api/users/{id} PUBLIC",
            "PUT /api/users/{id}/roles ADMIN",
            "PUT /api/users/{id}/suspension MODERATOR");
  }
}
