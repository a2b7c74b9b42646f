package dev.fireside.emulator.events;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.firestore.v1.Document;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fireside.shared.manifest.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Events made of what [FirestoreWatch] sees in an emulator that is not ours.
public final class WatchedEvents implements FirestoreSource {
  private static final Logger log = LoggerFactory.getLogger(WatchedEvents.class);
  private static final Duration LAG_MAX = Duration.ofMillis(250);
  private static final String DOCUMENTS = "/documents/";

  private final String address;
  private final String projectId;
  private final EventSink sink;
  private final Map<String, Trigger.FirestoreDocument> functions = new HashMap<>();
  private @Nullable FirestoreWatch watch;

  public WatchedEvents(String address, String projectId, EventSink sink) {
    this.address = address;
    this.projectId = projectId;
    this.sink = sink;
  }

  @Override
  public void start(Map<String, Trigger.FirestoreDocument> all) {
    functions.putAll(all);
    Set<String> collections = new HashSet<>();
    collections.add(
        String.valueOf(DocumentPattern.of(FirestoreProject.FLUSH.document()).collection()));
    functions.forEach((function, trigger) -> {
      String collection = DocumentPattern.of(trigger.document()).collection();
      if (collection == null) {
        log.warn(
            "{} hears nothing: an emulator that is not ours reports named collections only",
            function);
      } else {
        collections.add(collection);
      }
    });
    watch = new FirestoreWatch(address, projectId, collections, this::changed);
    watch.awaitCurrent();
  }

  private void changed(FirestoreWatch.Change change) {
    functions.forEach((function, trigger) -> deliver(function, trigger, change));
    // Collections do not come in the order of commits: what is behind gets a moment to catch up.
    Thread.ofVirtual()
        .start(() -> {
          try {
            Thread.sleep(LAG_MAX);
            deliver(FirestoreProject.FLUSH_TRIGGER, FirestoreProject.FLUSH, change);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private void deliver(
      String function, Trigger.FirestoreDocument trigger, FirestoreWatch.Change change) {
    Document before = change.before();
    Document after = change.after();
    String kind = after == null ? "deleted" : before == null ? "created" : "updated";
    String path = path(after == null ? before : after);
    if ((trigger.event().equals("written") || trigger.event().equals(kind))
        && DocumentPattern.of(trigger.document()).matches(path)) {
      sink.accept(function, headers(trigger, path), data(before, after));
    }
  }

  private static String path(@Nullable Document document) {
    String name = document == null ? "" : document.getName();
    return name.substring(name.indexOf(DOCUMENTS) + DOCUMENTS.length());
  }

  private static Map<String, String> headers(Trigger.FirestoreDocument trigger, String path) {
    return Map.of(
        "ce-id", UUID.randomUUID().toString(),
        "ce-type", trigger.eventType(),
        "ce-time", Instant.now().toString(),
        "ce-document", path);
  }

  private static byte[] data(@Nullable Document before, @Nullable Document after) {
    var data = DocumentEventData.newBuilder();
    if (before != null) {
      data.setOldValue(converted(before));
    }
    if (after != null) {
      data.setValue(converted(after));
    }
    return data.build().toByteArray();
  }

  /// The documents of events and those of the database are alike on the wire.
  private static com.google.events.cloud.firestore.v1.Document converted(Document document) {
    try {
      return com.google.events.cloud.firestore.v1.Document.parseFrom(document.toByteString());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void ignore() {
    // Whoever mutes the hub lets these fall, at no cost worth saving.
  }

  @Override
  public void listen() {
    // See above.
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.close();
    }
  }
}
