package dev.fireside.emulator.database.rest;

import dev.fireside.emulator.database.auth.Tokens;
import dev.fireside.emulator.database.engine.Databases;
import io.netty.channel.ChannelHandler;
import java.time.Clock;

/// What all connections share that speak REST.
///
/// @param defaultNamespace the database of requests that name none
public record Rest(
    Databases databases, String defaultNamespace, Tokens tokens, Clock clock, RestCalls calls) {
  public Rest(Databases databases, String defaultNamespace, Tokens tokens, Clock clock) {
    this(databases, defaultNamespace, tokens, clock, new RestCalls(new PushIds(clock)));
  }

  /// Stands last in the pipeline of a channel.
  public ChannelHandler handler() {
    return new RestHandler(this);
  }
}
