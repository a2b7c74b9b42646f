package dev.fireside.emulator.events;

import dev.fireside.shared.manifest.Trigger;
import java.util.Map;

/// Where the events of a project's documents come from.
public interface FirestoreSource extends AutoCloseable {
  /// Has the events of these functions, by name, come from now on.
  void start(Map<String, Trigger.FirestoreDocument> functions);

  /// Has only the events of [FirestoreProject#flush] come for a while, where that saves work.
  void ignore();

  /// Ends [#ignore].
  void listen();

  @Override
  void close();
}
