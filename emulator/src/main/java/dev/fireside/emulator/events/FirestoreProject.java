package dev.fireside.emulator.events;

import dev.fireside.emulator.process.FirestoreTriggers;
import dev.fireside.shared.manifest.Trigger;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One project's part of the Firestore emulator.
public final class FirestoreProject {
  /// The trigger of the documents that [#flush] writes.
  public static final String FLUSH_TRIGGER = "fireside-flush";

  private static final String FLUSH_COLLECTION = "fireside_flush";
  private static final String NOWHERE = "fireside_nowhere/{id}";

  private final String projectId;
  private final EmulatorRest rest;
  private final FirestoreTriggers triggers;
  private final Map<String, Trigger.FirestoreDocument> functions = new TreeMap<>();
  private final Map<String, CompletableFuture<String>> flushes = new ConcurrentHashMap<>();

  public FirestoreProject(HttpClient http, String address, String projectId) {
    this.projectId = projectId;
    this.rest = new EmulatorRest(http, address);
    this.triggers = new FirestoreTriggers(address);
    triggers.register(
        projectId,
        FLUSH_TRIGGER,
        new Trigger.FirestoreDocument("", "created").eventType(),
        FLUSH_COLLECTION + "/{id}");
  }

  /// Has the function's events posted to the event receiver, under the function's name.
  public void register(String function, Trigger.FirestoreDocument trigger) {
    functions.put(function, trigger);
    triggers.register(projectId, function, trigger.eventType(), trigger.document());
  }

  /// Has the emulator post no events but those of [#flush], until [#listen]. It cannot be told to
  /// forget a trigger, only to look elsewhere; and dropping what it posts takes it a millisecond
  /// for each event.
  public void ignore() {
    functions.forEach((function, trigger) ->
        triggers.register(projectId, function, trigger.eventType(), NOWHERE));
  }

  /// Has it post events again.
  public void listen() {
    functions.forEach((function, trigger) ->
        triggers.register(projectId, function, trigger.eventType(), trigger.document()));
  }

  /// Returns when the emulator has posted the events of everything written so far: it posts in the
  /// order of commits, so that those of a document written now come last.
  public void flush(Duration limit) throws TimeoutException, InterruptedException {
    String id = UUID.randomUUID().toString();
    var flushed = new CompletableFuture<String>();
    flushes.put(id, flushed);
    try {
      rest.call(
          "PATCH",
          documents() + "/" + FLUSH_COLLECTION + "/" + id,
          Map.of("fields", Map.of()),
          200);
      flushed.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      flushes.remove(id);
    }
  }

  /// Notes that the event of a document written by [#flush] has come.
  public void flushed(Map<String, String> headers) {
    String document = headers.getOrDefault("ce-document", "");
    String id = document.substring(document.lastIndexOf('/') + 1);
    CompletableFuture<String> flush = flushes.get(id);
    if (flush != null) {
      flush.complete(id);
    }
  }

  /// Deletes all documents.
  public void clear() {
    rest.call("DELETE", "/emulator" + documents(), null, 200);
  }

  private String documents() {
    return "/v1/projects/" + projectId + "/databases/(default)/documents";
  }
}
