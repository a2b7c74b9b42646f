package dev.fireside.emulator.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Trigger;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// The events of one project: from the emulators, through the queues, to the functions.
public final class EventHub implements EventSink {
  private final String projectId;
  private final FirestoreProject firestore;
  private final MeterRegistry meters;
  private final Map<String, EventQueue> queues = new TreeMap<>();
  private final Map<String, Trigger.RealtimeRef> refs = new TreeMap<>();
  private final Map<String, Trigger.Account> accounts = new TreeMap<>();
  private final Map<String, Trigger.StorageObject> objects = new TreeMap<>();
  private final Map<String, Subscription> subscriptions = new TreeMap<>();
  private final AtomicLong arrivals = new AtomicLong();
  private volatile boolean muted;

  /// Messages of a topic on their way to one subscriber.
  private static final class Subscription {
    final String topic;
    final List<ObjectNode> kept = new CopyOnWriteArrayList<>();
    final AtomicLong received = new AtomicLong();
    volatile double publishedBefore;

    Subscription(String topic) {
      this.topic = topic;
    }
  }

  /// @param meters where functions count what they publish
  public EventHub(String projectId, FirestoreProject firestore, MeterRegistry meters) {
    this.projectId = projectId;
    this.firestore = firestore;
    this.meters = meters;
  }

  /// Has the events of the entry points, as far as they are triggered by any, go to their
  /// functions.
  public void connect(
      List<EntryPoint> entryPoints,
      FirestoreSource source,
      PubSubProject pubsub,
      Function<EntryPoint, EventQueue> queue) {
    var documents = new TreeMap<String, Trigger.FirestoreDocument>();
    for (EntryPoint entry : entryPoints) {
      switch (entry.trigger()) {
        case Trigger.FirestoreDocument document -> {
          queues.put(entry.name(), queue.apply(entry));
          documents.put(entry.name(), document);
        }
        case Trigger.RealtimeRef ref -> {
          queues.put(entry.name(), queue.apply(entry));
          refs.put(entry.name(), ref);
        }
        case Trigger.Account account -> {
          queues.put(entry.name(), queue.apply(entry));
          accounts.put(entry.name(), account);
        }
        case Trigger.StorageObject object -> {
          queues.put(entry.name(), queue.apply(entry));
          objects.put(entry.name(), object);
        }
        case Trigger.PubSub message -> {
          queues.put(entry.name(), queue.apply(entry));
          subscribe(pubsub, message.topic(), entry.name());
        }
        case Trigger.Http _, Trigger.Schedule _ -> {
          // Called over HTTP, not by events.
        }
      }
    }
    source.start(documents);
  }

  /// Makes a topic whose messages are kept, for [#published].
  public void keep(PubSubProject pubsub, String topic) {
    subscribe(pubsub, topic, "kept-" + topic);
  }

  private void subscribe(PubSubProject pubsub, String topic, String subscription) {
    var to = new Subscription(topic);
    subscriptions.put(subscription, to);
    pubsub.subscribe(topic, subscription, delivery -> message(subscription, to, delivery));
  }

  @Override
  public void accept(String trigger, Map<String, String> headers, byte[] body) {
    if (trigger.equals(FirestoreProject.FLUSH_TRIGGER)) {
      firestore.flushed(headers);
      return;
    }
    EventQueue queue = queues.get(trigger);
    if (queue != null && !muted) {
      FirestoreEvents.normalised(projectId, headers, body).ifPresent(event -> offer(queue, event));
    }
  }

  /// Takes a write to the Realtime Database, and returns at once.
  public void written(RealtimeWrite write) {
    if (!muted) {
      refs.forEach((function, ref) -> {
        EventQueue queue = queues.get(function);
        if (queue != null) {
          RealtimeEvents.of(ref, write).forEach(event -> offer(queue, event));
        }
      });
    }
  }

  /// Takes the deletion of an account of Firebase Auth, and returns at once.
  ///
  /// @param user as it was, as events show it
  public void accountDeleted(ObjectNode user) {
    if (!muted) {
      accounts.forEach((function, account) -> {
        EventQueue queue = queues.get(function);
        if (queue != null) {
          offer(queue, AccountEvents.event(projectId, account, user));
        }
      });
    }
  }

  /// Takes a change of an object of Cloud Storage, and returns at once.
  public void objectChanged(ObjectWrite write) {
    if (!muted) {
      objects.forEach((function, object) -> {
        EventQueue queue = queues.get(function);
        if (queue != null) {
          StorageEvents.of(object, write).ifPresent(event -> offer(queue, event));
        }
      });
    }
  }

  private void message(String name, Subscription from, ObjectNode delivery) {
    if (!muted) {
      EventQueue queue = queues.get(name);
      if (queue == null) {
        from.kept.add(delivery);
      } else {
        offer(queue, MessageEvents.event(projectId, from.topic, delivery));
      }
    }
    // Last: whoever waits for this number must find the event in its queue.
    from.received.incrementAndGet();
  }

  private void offer(EventQueue queue, Event event) {
    arrivals.incrementAndGet();
    queue.offer(event);
  }

  /// The data of the messages of a topic that has no function here, as far as they have come.
  public List<JsonNode> published(String topic) {
    Subscription kept = subscriptions.get("kept-" + topic);
    if (kept == null) {
      throw new IllegalArgumentException("The messages of " + topic + " are not kept");
    }
    return kept.kept.stream().map(EventHub::data).toList();
  }

  private static JsonNode data(ObjectNode delivery) {
    try {
      return Json.mapper().readTree(delivery.path("message").path("data").binaryValue());
    } catch (IOException e) {
      throw new IllegalStateException("A kept message is not JSON", e);
    }
  }

  /// How many events have come since [#unmute].
  public long arrivals() {
    return arrivals.get();
  }

  /// What is not done with: events queued or being delivered, messages published but not yet here.
  public List<String> unfinished() {
    var unfinished = new ArrayList<String>();
    queues.values().forEach(queue -> unfinished.addAll(queue.describe()));
    subscriptions.forEach((name, subscription) -> {
      long missing = published(subscription) - subscription.received.get();
      if (missing > 0) {
        unfinished.add(name + ": " + missing + " messages of " + subscription.topic + " to come");
      }
    });
    return unfinished;
  }

  private long published(Subscription subscription) {
    return (long) (count(subscription) - subscription.publishedBefore);
  }

  private double count(Subscription subscription) {
    return meters.counter("pubsub.messages", "topic", subscription.topic).count();
  }

  /// Lets everything fall that comes or is queued, until [#unmute].
  public void mute() {
    muted = true;
    queues.values().forEach(EventQueue::clear);
  }

  /// Starts anew: with nothing queued, nothing kept and nothing counted.
  public void unmute() {
    queues.values().forEach(EventQueue::clear);
    for (Subscription subscription : subscriptions.values()) {
      subscription.publishedBefore = count(subscription);
      subscription.received.set(0);
      subscription.kept.clear();
    }
    arrivals.set(0);
    muted = false;
  }

  /// The queue of a function; null for one that takes no events.
  public @org.jspecify.annotations.Nullable EventQueue queue(String function) {
    return queues.get(function);
  }

  /// All queues, by name of the function.
  public List<EventQueue> queues() {
    return List.copyOf(queues.values());
  }
}
