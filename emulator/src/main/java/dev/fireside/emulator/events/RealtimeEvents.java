package dev.fireside.emulator.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns writes to the Realtime Database into what production sends
/// (<https://firebase.google.com/docs/functions/database-events>): an event for each place that
/// fits a trigger's pattern and whose value has changed, wherever the write was.
final class RealtimeEvents {
  private static final Logger log = LoggerFactory.getLogger(RealtimeEvents.class);

  private static final String LOCATION = "us-central1";
  private static final String TYPE =
      "type.googleapis.com/google.events.firebase.database.v1.ReferenceEventData";
  private static final String SCHEMA =
      "https://github.com/googleapis/google-cloudevents/blob/main/proto/google/events/firebase/database/v1/data.proto";

  private RealtimeEvents() {}

  /// The events of a write for one trigger.
  static List<Event> of(Trigger.RealtimeRef trigger, RealtimeWrite write) {
    var events = new ArrayList<Event>();
    if (trigger.instance() != null && !trigger.instance().equals(write.instance())) {
      return events;
    }
    for (String place : places(trigger, write)) {
      JsonNode before = value(write.before().apply(place));
      JsonNode after = value(write.after().apply(place));
      if (!before.equals(after) && isAbout(trigger.event(), before, after)) {
        events.add(event(trigger, write, place, before, after));
      }
    }
    return events;
  }

  private static boolean isAbout(String event, JsonNode before, JsonNode after) {
    return switch (event) {
      case "created" -> before.isNull();
      case "deleted" -> after.isNull();
      case "updated" -> !before.isNull() && !after.isNull();
      default -> true;
    };
  }

  private static JsonNode value(@Nullable JsonNode node) {
    return node == null || node.isMissingNode() ? NullNode.getInstance() : node;
  }

  /// The places that fit the pattern and may have changed, each once.
  private static Set<String> places(Trigger.RealtimeRef trigger, RealtimeWrite write) {
    List<String> pattern = List.of(trigger.ref().split("/", -1));
    var places = new LinkedHashSet<String>();
    for (String path : write.paths()) {
      collect(pattern, parts(path), "", write, places);
    }
    return places;
  }

  /// Goes down the pattern: along the path that was written as far as that goes, then along all
  /// that is, or was, below.
  private static void collect(
      List<String> pattern,
      List<String> written,
      String place,
      RealtimeWrite write,
      Set<String> places) {
    if (pattern.isEmpty()) {
      places.add(place);
      return;
    }
    List<String> rest = pattern.subList(1, pattern.size());
    for (String name : names(pattern.getFirst(), written, place, write)) {
      collect(
          rest,
          written.isEmpty() ? written : written.subList(1, written.size()),
          place.isEmpty() ? name : place + "/" + name,
          write,
          places);
    }
  }

  private static Set<String> names(
      String part, List<String> written, String place, RealtimeWrite write) {
    boolean any = part.startsWith("{");
    if (!written.isEmpty()) {
      String name = written.getFirst();
      return any || part.equals(name) ? Set.of(name) : Set.of();
    }
    if (!any) {
      return Set.of(part);
    }
    var names = new LinkedHashSet<String>();
    value(write.before().apply(place)).fieldNames().forEachRemaining(names::add);
    value(write.after().apply(place)).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> parts(String path) {
    return List.of(path.split("/", -1)).stream().filter(part -> !part.isEmpty()).toList();
  }

  private static Event event(
      Trigger.RealtimeRef trigger,
      RealtimeWrite write,
      String place,
      JsonNode before,
      JsonNode after) {
    ObjectNode data = Json.mapper().createObjectNode().put("@type", TYPE);
    data.set("data", before);
    data.set("delta", delta(before, after));
    ByteString body = ByteString.copyFrom(data.toString(), StandardCharsets.UTF_8);
    if (body.size() > FirestoreEvents.BYTES_MAX) {
      log.error(
          "The event for {} has {} bytes: production delivers at most {}, so this one would be"
              + " lost",
          place,
          body.size(),
          FirestoreEvents.BYTES_MAX);
    }
    String ref = FirestoreEvents.encoded(place);
    var attributes =
        Event.attributes(
            UUID.randomUUID().toString(),
            trigger.eventType(),
            "//firebasedatabase.googleapis.com/projects/_/locations/"
                + LOCATION
                + "/instances/"
                + write.instance(),
            write.time().toString());
    attributes.put("ce-subject", "refs/" + ref);
    attributes.put("ce-ref", ref);
    attributes.put("ce-instance", write.instance());
    attributes.put("ce-location", LOCATION);
    attributes.put("ce-firebasedatabasehost", "firebaseio.com");
    attributes.put("ce-authtype", write.authType());
    if (write.authId() != null) {
      attributes.put("ce-authid", write.authId());
    }
    attributes.put("ce-dataschema", SCHEMA);
    attributes.put("Content-Type", "application/json");
    return new Event(attributes, body);
  }

  /// What turns `before` into `after`: only the names that differ, null for those that went.
  static JsonNode delta(JsonNode before, JsonNode after) {
    if (!(before instanceof ObjectNode was) || !(after instanceof ObjectNode is)) {
      return after;
    }
    ObjectNode delta = is.objectNode();
    was.fieldNames()
        .forEachRemaining(name -> {
          if (!is.has(name)) {
            delta.putNull(name);
          }
        });
    is.properties()
        .forEach(entry -> {
          JsonNode old = value(was.get(entry.getKey()));
          if (!old.equals(entry.getValue())) {
            delta.set(entry.getKey(), delta(old, entry.getValue()));
          }
        });
    return delta;
  }
}
