package dev.fireside.emulator.events;

import dev.fireside.shared.manifest.Trigger;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// One project's part of the Firestore emulator.
public final class FirestoreProject {
  /// The name under which the events of the documents of [#flush] come.
  static final String FLUSH_TRIGGER = "fireside-flush";

  private static final String FLUSH_COLLECTION = "fireside_flush";

  /// The trigger of these documents.
  static final Trigger.FirestoreDocument FLUSH =
      new Trigger.FirestoreDocument(FLUSH_COLLECTION + "/{id}", "created");

  private final String projectId;
  private final EmulatorRest rest;
  private final Map<String, CompletableFuture<String>> flushes = new ConcurrentHashMap<>();

  public FirestoreProject(HttpClient http, String address, String projectId) {
    this.projectId = projectId;
    this.rest = new EmulatorRest(http, address);
  }

  /// Returns when the events of everything written so far have come: they come in the order of
  /// commits, so that those of a document written now are the last.
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
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      flushes.remove(id);
    }
  }

  /// Notes that the event of a document written by [#flush] has come.
  void flushed(Map<String, String> headers) {
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
