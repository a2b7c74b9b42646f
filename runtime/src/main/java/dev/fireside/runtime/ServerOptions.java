package dev.fireside.runtime;

import org.eclipse.jetty.server.Handler;
import org.jspecify.annotations.Nullable;

/// How a [FunctionServer] listens.
///
/// @param host the address to bind
/// @param port the port to bind; 0 for a free one
/// @param target name or class of the one function to serve; null for all
/// @param behindProxy whether a proxy of ours has written `X-Forwarded-For` already
/// @param inFront a handler that sees requests before the functions do; null for none
public record ServerOptions(
    String host,
    int port,
    @Nullable String target,
    boolean behindProxy,
    Handler.@Nullable Singleton inFront) {

  /// All functions on a port of this machine, for nobody else.
  public static ServerOptions local(int port) {
    return new ServerOptions("127.0.0.1", port, null, false, null);
  }

  /// The same with a handler in front.
  public ServerOptions withInFront(Handler.Singleton handler) {
    return new ServerOptions(host, port, target, behindProxy, handler);
  }

  /// The same with one function only.
  public ServerOptions withTarget(String only) {
    return new ServerOptions(host, port, only, behindProxy, inFront);
  }
}
