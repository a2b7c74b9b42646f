package dev.fireside.emulator.gateway;

import java.net.URI;
import java.util.Set;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Keeps web pages out of `/_local`: any page that a developer visits can send requests to this
/// machine, but cannot lie about where it comes from.
final class Callers {
  private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private Callers() {}

  /// Throws a 403 [LocalProblem] for a request of a page from elsewhere.
  static void check(Request request) {
    String origin = request.getHeaders().get("Origin");
    if (origin != null && !isLocal(host(origin))) {
      throw new LocalProblem(403, "Only pages of this machine may call /_local");
    }
    // A name of somebody else's that points here (DNS rebinding) would count as the same origin.
    if (!isLocal(request.getHttpURI().getHost())) {
      throw new LocalProblem(403, "Call /_local as localhost or 127.0.0.1");
    }
  }

  private static boolean isLocal(@Nullable String host) {
    return host != null && LOCAL.contains(host);
  }

  private static @Nullable String host(String origin) {
    try {
      return URI.create(origin).getHost();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
