package dev.fireside.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StaffIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Town town = new Town(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void suspendsAPersonAtOnceAndLiftsItAgain() {
    town.people("ann", "bob");
    var ann = town.as("ann");
    var moderator = town.as("mod", Role.MODERATOR);
    assertThat(ann.get("/api/users/me").status()).isEqualTo(200);

    assertThat(moderator.put("/api/users/ann/suspension").status()).isEqualTo(204);
    assertThat(moderator.put("/api/users/ann/suspension").status()).isEqualTo(204);

    assertThat(ann.get("/api/users/me").status()).isEqualTo(403);
    assertThat(ann.get("/api/users/me").problem()).isEqualTo("suspended");
    assertThat(ann.put("/api/users/bob/follow").status()).isEqualTo(403);
    assertThat(town.as("bob").get("/api/users/ann").status()).isEqualTo(404);
    assertThat(town.as("bob").put("/api/users/ann/follow").status()).isEqualTo(404);
    fireside.settle();
    assertThat(ann.get("/api/users/me").status()).isEqualTo(403);

    assertThat(moderator.delete("/api/users/ann/suspension").status()).isEqualTo(204);
    assertThat(moderator.delete("/api/users/ann/suspension").status()).isEqualTo(204);
    fireside.settle();
    assertThat(ann.get("/api/users/me").status()).isEqualTo(200);
    assertThat(town.as("bob").get("/api/users/ann").status()).isEqualTo(200);
  }

  @Test
  void suspendsByTheEventWhenAProcessDiedInBetween() {
    town.people("ann", "bob");
    var ann = town.as("ann");
    assertThat(ann.get("/api/users/me").status()).isEqualTo(200);
    fireside.settle();

    town.documents().update("users/ann", Map.of("status", "suspended"));
    fireside.settle();
    assertThat(ann.get("/api/users/me").status()).isEqualTo(403);

    town.documents().update("users/ann", Map.of("status", "active"));
    fireside.settle();
    assertThat(ann.get("/api/users/me").status()).isEqualTo(200);
  }

  @Test
  void letsOnlyAdminsTouchStaffAndNobodyThemselves() {
    town.people("ann", "mod", "boss");
    give("mod", Role.MODERATOR);
    give("boss", Role.ADMIN);
    give("mod2", Role.MODERATOR);

    assertThat(suspension(town.as("mod2", Role.MODERATOR), "mod")).isEqualTo(403);
    assertThat(suspension(town.as("mod2", Role.MODERATOR), "boss")).isEqualTo(403);
    assertThat(suspension(town.as("mod", Role.MODERATOR), "mod")).isEqualTo(409);
    assertThat(suspension(town.as("mod", Role.MODERATOR), "me")).isEqualTo(409);
    assertThat(suspension(town.as("mod", Role.MODERATOR), "nobody")).isEqualTo(404);
    assertThat(suspension(town.as("ann"), "mod")).isEqualTo(403);
    assertThat(fireside.http().anonymous().put("/api/users/ann/suspension").status())
        .isEqualTo(401);
    assertThat(suspension(town.as("boss", Role.ADMIN), "mod")).isEqualTo(204);
    assertThat(town.as("mod2", Role.MODERATOR).delete("/api/users/mod/suspension").status())
        .isEqualTo(403);
    assertThat(town.as("boss", Role.ADMIN).delete("/api/users/mod/suspension").status())
        .isEqualTo(204);
  }

  @Test
  void givesAndTakesRoles() {
    town.people("ann");
    var boss = town.as("boss", Role.ADMIN);
    give("boss", Role.ADMIN);
    var ann = town.as("ann");
    ann.get("/api/users/me");

    Reply given = boss.put("/api/users/ann/roles", Map.of("roles", List.of("moderator")));
    assertThat(given.status()).isEqualTo(200);
    assertThat(given.body().toString()).isEqualTo("{\"uid\":\"ann\",\"roles\":[\"moderator\"]}");
    assertThat(boss.get("/api/users/ann/roles").body()).isEqualTo(given.body());
    assertThat(ann.get("/api/users/me").status()).isEqualTo(200);

    Reply taken = boss.put("/api/users/ann/roles", Map.of("roles", List.of()));
    assertThat(taken.status()).isEqualTo(200);
    assertThat(ann.get("/api/users/me").status()).isEqualTo(401);
    assertThat(town.as("ann").get("/api/users/me").status()).isEqualTo(200);
  }

  @Test
  void keepsTheLastAdminFromLockingThemselvesOut() {
    var boss = town.as("boss", Role.ADMIN);
    give("boss", Role.ADMIN);

    assertThat(boss.put("/api/users/me/roles", Map.of("roles", List.of("moderator"))).status())
        .isEqualTo(409);
    assertThat(boss.put("/api/users/boss/roles", Map.of("roles", List.of())).status())
        .isEqualTo(409);
    assertThat(
            boss.put("/api/users/boss/roles", Map.of("roles", List.of("admin", "moderator")))
                .status())
        .isEqualTo(200);
    assertThat(boss.get("/api/users/me/roles").body().path("roles").toString())
        .isEqualTo("[\"admin\",\"moderator\"]");
  }

  @Test
  void refusesRolesThatDoNotExistAndPeopleWhoAreNotThere() {
    var boss = town.as("boss", Role.ADMIN);
    town.as("ann").get("/api/users/me");

    for (Map<String, Object> body :
        List.<Map<String, Object>>of(
            Map.of(),
            Map.of("roles", "admin"),
            Map.of("roles", List.of("king")),
            Map.of("roles", List.of(1)))) {
      Reply reply = boss.put("/api/users/ann/roles", body);
      assertThat(reply.status()).as(body.toString()).isEqualTo(400);
      assertThat(reply.body().path("errors").path(0).path("field").asText()).startsWith("roles");
    }
    assertThat(boss.put("/api/users/nobody/roles", Map.of("roles", List.of())).status())
        .isEqualTo(404);
    assertThat(boss.get("/api/users/nobody/roles").status()).isEqualTo(404);
    assertThat(
            town.as("mod", Role.MODERATOR)
                .put("/api/users/ann/roles", Map.of("roles", List.of("admin")))
                .status())
        .isEqualTo(403);
    assertThat(town.as("mod", Role.MODERATOR).get("/api/users/ann/roles").status()).isEqualTo(403);
    assertThat(town.as("ann").get("/api/users/ann/roles").status()).isEqualTo(403);
  }

  @Test
  void signsOutEverywhereWithTheVeryTokenUsed() {
    town.people("ann");
    var phone = town.as("ann");
    var laptop = town.as("ann");

    assertThat(phone.post("/api/users/me/sign-out").status()).isEqualTo(204);

    assertThat(phone.get("/api/users/me").status()).isEqualTo(401);
    assertThat(laptop.get("/api/users/me").status()).isEqualTo(401);
    assertThat(town.as("ann").get("/api/users/me").status()).isEqualTo(200);
  }

  @Test
  void letsAdminsSignOthersOut() {
    town.people("ann");
    var ann = town.as("ann");
    ann.get("/api/users/me");

    assertThat(town.as("bob").post("/api/users/ann/sign-out").status()).isEqualTo(403);
    assertThat(town.as("mod", Role.MODERATOR).post("/api/users/ann/sign-out").status())
        .isEqualTo(403);
    assertThat(town.as("boss", Role.ADMIN).post("/api/users/nobody/sign-out").status())
        .isEqualTo(404);
    assertThat(ann.get("/api/users/me").status()).isEqualTo(200);
    assertThat(town.as("boss", Role.ADMIN).post("/api/users/ann/sign-out").status()).isEqualTo(204);
    assertThat(ann.get("/api/users/me").status()).isEqualTo(401);
  }

  private void give(String uid, Role... roles) {
    town.as(uid).get("/api/users/me");
    fireside.platform().accounts().setRoles(new Uid(uid), Set.copyOf(Arrays.asList(roles)));
  }

  private static int suspension(Caller caller, String target) {
    return caller.put("/api/users/" + target + "/suspension").status();
  }
}
