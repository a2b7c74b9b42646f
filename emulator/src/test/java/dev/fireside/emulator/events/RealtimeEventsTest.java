package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.manifest.Trigger;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealtimeEventsTest {
  private static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static Function<String, JsonNode> tree(String text) {
    JsonNode root = json(text);
    return path -> {
      JsonNode node = root;
      for (String part : path.split("/", -1)) {
        node = part.isEmpty() ? node : node.path(part);
      }
      return node;
    };
  }

  private static List<Event> events(
      Trigger.RealtimeRef trigger, List<String> paths, String before, String after) {
    return RealtimeEvents.of(
        trigger,
        new RealtimeWrite(
            "app-rtdb",
            paths,
            tree(before),
            tree(after),
            Instant.parse("2026-11-21T03:00:07.123Z"),
            "app_user",
            "ada"));
  }

  private static Trigger.RealtimeRef trigger(String ref, String event) {
    return new Trigger.RealtimeRef(ref, event, null);
  }

  @Test
  void aWriteBecomesTheEventThatProductionSends() {
    List<Event> events =
        events(
            trigger("status/{uid}/{connection}", "written"),
            List.of("status/ada/phone"),
            """
            {"status": {"ada": {"phone": {"state": "online", "at": 1, "in": {"a": 1, "b": 2}}}}}
            """,
            """
            {"status": {"ada": {"phone": {"state": "online", "at": 2, "in": {"a": 1, "c": 3}}}}}
            """);

    assertThat(events).hasSize(1);
    Event event = events.getFirst();
    assertThat(event.id()).isNotEmpty();
    assertThat(event.headers())
        .containsEntry("ce-type", "google.firebase.database.ref.v1.written")
        .containsEntry(
            "ce-source",
            "//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/app-rtdb")
        .containsEntry("ce-subject", "refs/status/ada/phone")
        .containsEntry("ce-ref", "status/ada/phone")
        .containsEntry("ce-instance", "app-rtdb")
        .containsEntry("ce-location", "us-central1")
        .containsEntry("ce-firebasedatabasehost", "firebaseio.com")
        .containsEntry("ce-authtype", "app_user")
        .containsEntry("ce-authid", "ada")
        .containsEntry("ce-time", "2026-11-21T03:00:07.123Z")
        .containsEntry("Content-Type", "application/json");
    assertThat(json(event.body().toStringUtf8()))
        .isEqualTo(
            json(
                """
                {"@type":
                   "type.googleapis.com/google.events.firebase.database.v1.ReferenceEventData",
                 "data": {"state": "online", "at": 1, "in": {"a": 1, "b": 2}},
                 "delta": {"at": 2, "in": {"b": null, "c": 3}}}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a/{x}  | ''     | {'a':{'b':1,'c':2}}       | {'a':{'b':1,'c':3,'d':4}} | a/c a/d",
        "a/{x}  | a      | {}                        | {'a':{'b':1,'c':3}}       | a/b a/c",
        "a/{x}  | a/b/c  | {'a':{'b':{'c':1}}}       | {'a':{'b':{'c':2}}}       | a/b",
        "a/{x}  | a/b/c  | {'a':{'b':{'c':1}}}       | {'a':{'b':{'c':1}}}       | ''",
        "a/{x}  | b/c    | {}                        | {'b':{'c':1}}             | ''",
        "a/{x}  | ''     | {'a':{'b':1}}             | {}                        | a/b",
        "a/{x}  | a      | {'a':5}                   | {'a':6}                   | ''",
        "{x}/b  | ''     | {}                        | {'a':{'b':1},'c':{'d':1}} | a/b",
        "a/{x}/{y} | a/b/c a/b/d a/e | {} | {'a':{'b':{'c':1,'d':2},'e':{'f':3}}} | a/b/c a/b/d"
            + " a/e/f",
        "a/{x}  | a/b/c a/b/d | {}                   | {'a':{'b':{'c':1,'d':1}}} | a/b"
      })
  void firesOnceForEachPlaceThatChangedWhereverTheWriteWas(
      String ref, String paths, String before, String after, String places) {
    assertThat(
            events(
                trigger(ref, "written"),
                List.of(paths.split(" ")),
                before.replace('\'', '"'),
                after.replace('\'', '"')))
        .extracting(event -> event.headers().get("ce-ref"))
        .containsExactlyInAnyOrder(places.isEmpty() ? new String[0] : places.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"created,a/new", "updated,a/other", "deleted,a/old"})
  void firesForItsKindOfChange(String kind, String place) {
    assertThat(
            events(
                trigger("a/{x}", kind),
                List.of(""),
                "{\"a\":{\"old\":1,\"other\":1,\"same\":1}}",
                "{\"a\":{\"new\":1,\"other\":2,\"same\":1}}"))
        .extracting(event -> event.headers().get("ce-ref"))
        .containsExactly(place);
  }

  @Test
  void firesForItsOwnDatabaseOnly() {
    assertThat(
            events(
                new Trigger.RealtimeRef("a", "written", "other-rtdb"),
                List.of("a"),
                "{}",
                "{\"a\":1}"))
        .isEmpty();
    assertThat(
            events(
                new Trigger.RealtimeRef("a", "written", "app-rtdb"),
                List.of("a"),
                "{}",
                "{\"a\":1}"))
        .hasSize(1);
  }

  @Test
  void namesThatFitNoHeaderAreEncoded() {
    assertThat(events(trigger("a/{x}", "written"), List.of("a"), "{}", "{\"a\":{\"50 %é\":1}}"))
        .extracting(event -> event.headers().get("ce-ref"))
        .containsExactly("a/50%20%25%C3%A9");
  }
}
