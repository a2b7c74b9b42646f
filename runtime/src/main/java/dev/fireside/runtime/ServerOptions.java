package dev.fireside.runtime;

import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/// How a [FunctionServer] listens.
///
/// @param host the address to bind
/// @param port the port to bind; 0 for a free one
/// @param target name or class of the one function to serve; null for all
/// @param behindProxy whether a proxy of ours has written `X-Forwarded-For` already
/// @param inFront handlers that see requests before the functions do, the first first
public record ServerOptions(
    String host,
    int port,
    @Nullable String target,
    boolean behindProxy,
    List<Handler.Singleton> inFront) {
  public ServerOptions {
    inFront = List.copyOf(inFront);
  }

  /// All functions on a port of this machine, for nobody else.
  public static ServerOptions local(int port) {
    return new ServerOptions("127.0.0.1", port, null, false, List.of());
  }

  /// The same with handlers in front.
  public ServerOptions withInFront(Handler.Singleton... handlers) {
    return new ServerOptions(host, port, target, behindProxy, List.of(handlers));
  }

  /// The same with one function only.
  public ServerOptions withTarget(String only) {
    return new ServerOptions(host, port, only, behindProxy, inFront);
  }
}
