package dev.fireside.shared.events;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fireside.shared.Platform;
import dev.fireside.shared.store.Document;
import io.cloudevents.CloudEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A function called for writes to Firestore documents.
public abstract non-sealed class FirestoreFunction extends EventFunction {
  private static final String DOCUMENTS = "/documents/";

  protected FirestoreFunction(Platform platform) {
    super(platform);
  }

  /// Handles one change; idempotent and indifferent to order. Throws to be called again.
  protected abstract void on(DocumentChange change);

  @Override
  final void handle(CloudEvent event, EventId id) {
    DocumentEventData data;
    try {
      data = DocumentEventData.parseFrom(body(event));
    } catch (InvalidProtocolBufferException e) {
      throw new PoisonEventException("The body is not a DocumentEventData", e);
    }
    Document before = document(data.hasOldValue() ? data.getOldValue() : null);
    Document after = document(data.hasValue() ? data.getValue() : null);
    Document either = after == null ? before : after;
    if (either == null) {
      throw new PoisonEventException("The event holds no document");
    }
    on(new DocumentChange(id, either.path(), before, after, time(event)));
  }

  private static @Nullable Document document(
      com.google.events.cloud.firestore.v1.@Nullable Document raw) {
    // A created document has no old value, but some senders put an empty one there.
    if (raw == null || raw.getName().isEmpty()) {
      return null;
    }
    int documents = raw.getName().indexOf(DOCUMENTS);
    if (documents < 0) {
      throw new PoisonEventException("The document's name is not one of Firestore");
    }
    String path = raw.getName().substring(documents + DOCUMENTS.length());
    var updated = raw.getUpdateTime();
    return Document.of(
        path,
        ProtoValues.toJava(raw.getFieldsMap()),
        Instant.ofEpochSecond(updated.getSeconds(), updated.getNanos()));
  }
}
