package dev.fireside.shared.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.api.core.ApiFuture;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.TopicName;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Publishes messages to Pub/Sub topics, and counts those it took (meter `pubsub.messages`, tag
/// `topic`).
public final class Topics implements AutoCloseable {
  private static final int SHUTDOWN_SECONDS = 5;

  /// A caller waits for Pub/Sub no longer than this; the client's own default is ten minutes.
  private static final RetrySettings RETRIES =
      RetrySettings.newBuilder()
          .setInitialRetryDelayDuration(Duration.ofMillis(100))
          .setRetryDelayMultiplier(2)
          .setMaxRetryDelayDuration(Duration.ofSeconds(2))
          .setInitialRpcTimeoutDuration(Duration.ofSeconds(5))
          .setRpcTimeoutMultiplier(1)
          .setMaxRpcTimeoutDuration(Duration.ofSeconds(5))
          .setTotalTimeoutDuration(Duration.ofSeconds(10))
          .build();

  private final Config config;
  private final MeterRegistry meters;
  private final Map<String, Publisher> publishers = new ConcurrentHashMap<>();
  private final @Nullable ManagedChannel emulator;

  public Topics(Config config, MeterRegistry meters) {
    this.config = config;
    this.meters = meters;
    this.emulator =
        config.pubsubEmulator() == null
            ? null
            : ManagedChannelBuilder.forTarget(config.pubsubEmulator()).usePlaintext().build();
  }

  /// Publishes a record as JSON, and returns when Pub/Sub has it. Throws [PublishException] when it
  /// does not take it.
  public void publish(String topic, Object message) {
    publishAll(topic, List.of(message));
  }

  /// Publishes many records; returns when Pub/Sub has all of them.
  public void publishAll(String topic, List<?> messages) {
    Publisher publisher = publishers.computeIfAbsent(topic, this::publisher);
    List<ApiFuture<String>> futures =
        messages.stream().map(message -> publisher.publish(encoded(message))).toList();
    publisher.publishAllOutstanding();
    for (ApiFuture<String> future : futures) {
      try {
        future.get();
        meters.counter("pubsub.messages", "topic", topic).increment();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new PublishException("Interrupted while publishing to " + topic, e);
      } catch (ExecutionException e) {
        throw new PublishException("Pub/Sub did not take a message for " + topic, e);
      }
    }
  }

  private static PubsubMessage encoded(Object message) {
    try {
      return PubsubMessage.newBuilder()
          .setData(ByteString.copyFrom(Json.mapper().writeValueAsBytes(message)))
          .build();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not a message: " + message.getClass(), e);
    }
  }

  private Publisher publisher(String topic) {
    try {
      var builder =
          Publisher.newBuilder(TopicName.of(config.projectId(), topic)).setRetrySettings(RETRIES);
      if (emulator != null) {
        builder
            .setChannelProvider(
                FixedTransportChannelProvider.create(GrpcTransportChannel.create(emulator)))
            .setCredentialsProvider(NoCredentialsProvider.create());
      }
      return builder.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    publishers.values().forEach(Publisher::shutdown);
    for (Publisher publisher : publishers.values()) {
      try {
        if (!publisher.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    if (emulator != null) {
      emulator.shutdownNow();
    }
  }
}
