package dev.fireside.acceptance.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The people of the world that routes are called in. All have profiles.
final class Cast {
  /// Whose things everybody may see.
  static final String OTHER = "other";

  private final FiresideExtension fireside;
  private final Map<String, Who> people = new HashMap<>();
  private int made;

  Cast(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  FiresideExtension fireside() {
    return fireside;
  }

  Who nobody() {
    return new Who("", List.of(), fireside.http().anonymous());
  }

  /// The person of this name; made at the first call.
  Who person(String uid, Role... roles) {
    return people.computeIfAbsent(
        uid,
        _ -> {
          Caller caller = fireside.http().as(uid, roles);
          ok(201, caller.post("/api/users", Map.of("handle", "a_" + uid, "displayName", uid)));
          return new Who(uid, List.of(roles), caller);
        });
  }

  Who other() {
    return person(OTHER);
  }

  /// Prepares what routes are called about.
  Caller root() {
    return person("root", Role.ADMIN).caller();
  }

  /// A new person with the roles of somebody; for calls that end what the caller can do.
  Who like(Who who) {
    return who.isAnonymous() ? who : person(next("like"), who.roles().toArray(Role[]::new));
  }

  /// Whoever calls, or somebody else in the place of who has nothing of their own.
  Caller maker(Who who) {
    return who.isAnonymous() ? other().caller() : who.caller();
  }

  /// A name that nothing has yet.
  String next(String prefix) {
    made++;
    return prefix + made;
  }

  /// The id of what a call made.
  static String id(Reply reply) {
    return ok(201, reply).body().path("id").asText();
  }

  static Reply ok(int status, Reply reply) {
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
    return reply;
  }
}
