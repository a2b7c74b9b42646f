package dev.fireside.emulator.events;

import java.util.Map;

/// Takes what the Firestore emulator posts about one project.
@FunctionalInterface
public interface EventSink {
  /// Takes a write for one trigger, and returns at once.
  ///
  /// @param headers by lower-case name
  void accept(String trigger, Map<String, String> headers, byte[] body);
}
