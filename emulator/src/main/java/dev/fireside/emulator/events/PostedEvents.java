package dev.fireside.emulator.events;

import dev.fireside.emulator.process.FirestoreTriggers;
import dev.fireside.shared.manifest.Trigger;
import java.util.Map;
import java.util.TreeMap;

/// Events that our own emulator posts to the [EventReceiver].
public final class PostedEvents implements FirestoreSource {
  private static final String NOWHERE = "fireside_nowhere/{id}";

  private final String projectId;
  private final EventReceiver receiver;
  private final EventSink sink;
  private final FirestoreTriggers triggers;
  private final Map<String, Trigger.FirestoreDocument> functions = new TreeMap<>();

  public PostedEvents(String address, String projectId, EventReceiver receiver, EventSink sink) {
    this.projectId = projectId;
    this.receiver = receiver;
    this.sink = sink;
    this.triggers = new FirestoreTriggers(address);
  }

  @Override
  public void start(Map<String, Trigger.FirestoreDocument> all) {
    functions.putAll(all);
    receiver.connect(projectId, sink);
    var flush = FirestoreProject.FLUSH;
    triggers.register(
        projectId, FirestoreProject.FLUSH_TRIGGER, flush.eventType(), flush.document());
    listen();
  }

  /// The emulator cannot be made to forget a trigger, only to look elsewhere; and to drop what it
  /// posts takes it a millisecond for each event.
  @Override
  public void ignore() {
    functions.forEach((function, trigger) ->
        triggers.register(projectId, function, trigger.eventType(), NOWHERE));
  }

  @Override
  public void listen() {
    functions.forEach((function, trigger) ->
        triggers.register(projectId, function, trigger.eventType(), trigger.document()));
  }

  @Override
  public void close() {
    receiver.disconnect(projectId);
  }
}
