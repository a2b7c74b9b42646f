package dev.fireside.shared.events;

import com.google.events.cloud.pubsub.v1.MessagePublishedData;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.fireside.shared.Platform;
import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A function called for the messages of a Pub/Sub topic.
public abstract non-sealed class MessageFunction extends EventFunction {
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  protected MessageFunction(Platform platform) {
    super(platform);
  }

  /// Handles one message; idempotent and indifferent to order. Throws to be called again.
  protected abstract void on(Message message);

  @Override
  final void handle(CloudEvent event, EventId id) {
    var data = MessagePublishedData.newBuilder();
    try {
      PARSER.merge(new String(body(event), StandardCharsets.UTF_8), data);
    } catch (InvalidProtocolBufferException e) {
      throw new PoisonEventException("The body is not a MessagePublishedData", e);
    }
    var published = data.getMessage().getPublishTime();
    on(
        new Message(
            id,
            data.getMessage().getData().toStringUtf8(),
            Instant.ofEpochSecond(published.getSeconds(), published.getNanos())));
  }
}
