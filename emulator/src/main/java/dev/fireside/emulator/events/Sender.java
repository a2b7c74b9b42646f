package dev.fireside.emulator.events;

import java.io.IOException;

/// Brings an event to a function.
@FunctionalInterface
public interface Sender {
  /// Returns the status the function answered with.
  int send(Event event) throws IOException, InterruptedException;
}
