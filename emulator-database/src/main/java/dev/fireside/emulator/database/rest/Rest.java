package dev.fireside.emulator.database.rest;

import dev.fireside.emulator.database.auth.Tokens;
import dev.fireside.emulator.database.engine.Databases;
import io.netty.channel.ChannelHandler;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/// What all connections share that speak REST.
///
/// @param defaultNamespace the database of requests that name none
/// @param bodies bytes of the bodies that are being received or answered
public record Rest(
    Databases databases,
    String defaultNamespace,
    Tokens tokens,
    Clock clock,
    RestCalls calls,
    AtomicLong bodies) {
  public Rest(Databases databases, String defaultNamespace, Tokens tokens, Clock clock) {
    this(
        databases,
        defaultNamespace,
        tokens,
        clock,
        new RestCalls(new PushIds(clock)),
        new AtomicLong());
  }

  /// Stands behind the HTTP codec of a channel.
  public Bodies collector() {
    return new Bodies(bodies);
  }

  /// Stands last in the pipeline of a channel.
  public ChannelHandler handler(Bodies collector) {
    return new RestHandler(this, collector);
  }
}
