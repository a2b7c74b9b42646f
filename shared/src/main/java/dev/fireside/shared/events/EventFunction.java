package dev.fireside.shared.events;

import com.google.cloud.functions.CloudEventsFunction;
import dev.fireside.shared.Platform;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.telemetry.Trace;
import io.cloudevents.CloudEvent;
import io.micrometer.core.instrument.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all event functions do around their work: trace, measure, record poison.
///
/// Delivery is at least once and unordered. A handler that throws is called again with the same
/// event, for up to 24 hours; one that returns is done.
abstract sealed class EventFunction implements CloudEventsFunction
    permits AccountFunction, FirestoreFunction, MessageFunction, RealtimeFunction, StorageFunction {
  private static final Logger log = LoggerFactory.getLogger(EventFunction.class);

  /// How long a poisonous event is kept for people to look at.
  private static final Duration POISON_KEPT = Duration.ofDays(30);

  /// How much of its body: a document holds 1 MiB, an event can bring two of them.
  private static final int POISON_BYTES_MAX = 256 * 1024;

  private final Platform platform;
  private final String name = getClass().getSimpleName();

  EventFunction(Platform platform) {
    this.platform = platform;
  }

  abstract void handle(CloudEvent event, EventId id);

  @Override
  public final void accept(CloudEvent event) {
    Object traceparent = event.getExtension("traceparent");
    Trace trace = Trace.from(traceparent instanceof String header ? header : null, null);
    ScopedValue.where(Trace.CURRENT, trace).run(() -> Errand.event().run(() -> measured(event)));
  }

  private void measured(CloudEvent event) {
    Timer.Sample sample = Timer.start(platform.meters());
    String outcome = "failed";
    try {
      outcome = handled(event);
    } finally {
      sample.stop(
          Timer.builder("event.duration")
              .tag("function", name)
              .tag("outcome", outcome)
              .publishPercentiles(0.5, 0.95, 0.99)
              .register(platform.meters()));
    }
  }

  private String handled(CloudEvent event) {
    var id = new EventId(name, event.getSource().toString(), event.getId());
    try {
      handle(event, id);
      return "done";
    } catch (PoisonEventException e) {
      log.error("{} cannot ever handle event {}: recorded as poison", name, event.getId(), e);
      record(event, id, e);
      return "poison";
    }
  }

  private void record(CloudEvent event, EventId id, PoisonEventException e) {
    Map<String, Object> fields = new HashMap<>();
    fields.put("function", name);
    fields.put("source", id.source());
    fields.put("id", id.id());
    fields.put("type", event.getType());
    fields.put("reason", String.valueOf(e.getMessage()));
    byte[] body = body(event);
    fields.put("bodyBytes", body.length);
    fields.put(
        "body",
        Base64.getEncoder()
            .encodeToString(Arrays.copyOf(body, Math.min(body.length, POISON_BYTES_MAX))));
    fields.put("expireAt", platform.clock().instant().plus(POISON_KEPT));
    platform.documents().set("poison/" + id.documentName(), fields);
  }

  static Instant time(CloudEvent event) {
    OffsetDateTime time = event.getTime();
    if (time == null) {
      throw new PoisonEventException("The event has no time");
    }
    return time.toInstant();
  }

  static byte[] body(CloudEvent event) {
    var data = event.getData();
    return data == null ? "".getBytes(StandardCharsets.UTF_8) : data.toBytes();
  }
}
