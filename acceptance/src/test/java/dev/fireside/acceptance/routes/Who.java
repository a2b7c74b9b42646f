package dev.fireside.acceptance.routes;

import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import java.util.List;

/// Somebody who calls a route.
///
/// @param uid empty for anonymous callers
record Who(String uid, List<Role> roles, Caller caller) {
  boolean isAnonymous() {
    return uid.isEmpty();
  }
}
