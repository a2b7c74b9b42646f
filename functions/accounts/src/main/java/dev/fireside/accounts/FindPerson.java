package dev.fireside.accounts;

import dev.fireside.accounts.domain.Handle;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;
import java.util.Map;

/// Finds whom `{id}` in a path means: a uid, `@handle` or `me`.
final class FindPerson {
  private final Profiles profiles;

  FindPerson(Profiles profiles) {
    this.profiles = profiles;
  }

  /// Whether the path names the person by handle.
  static boolean isByHandle(Request request) {
    return request.path("id").startsWith("@");
  }

  Uid find(Request request) {
    String id = request.path("id");
    if (id.equals("me")) {
      return request
          .principal()
          .map(Principal::uid)
          .orElseThrow(() ->
              ProblemException.of(
                  ProblemType.UNAUTHENTICATED,
                  "Send `Authorization: Bearer <Firebase ID token>`",
                  Map.of("WWW-Authenticate", "Bearer")));
    }
    if (isByHandle(request)) {
      return Handle.of(id).flatMap(profiles::byHandle).orElseThrow(Problems::noSuchUser);
    }
    return request.uid("id");
  }
}
