package dev.fireside.shared.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RealtimeFunctionIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("none");

  private static final Instant WRITTEN = Instant.parse("2026-01-01T12:00:00.123Z");

  // What is poisonous here is so on purpose.
  private static final Logger QUIET = Logger.getLogger(EventFunction.class.getName());

  private final String id = UUID.randomUUID().toString();
  private final List<RealtimeChange> changes = new ArrayList<>();

  private static final class OnStatus extends RealtimeFunction {
    private final List<RealtimeChange> changes;

    OnStatus(List<RealtimeChange> changes) {
      super(fireside.platform());
      this.changes = changes;
    }

    @Override
    protected void on(RealtimeChange change) {
      changes.add(change);
    }
  }

  @BeforeAll
  static void hush() {
    QUIET.setLevel(Level.OFF);
  }

  @AfterAll
  static void unhush() {
    QUIET.setLevel(null);
  }

  private CloudEventBuilder event(String body) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(
            URI.create(
                "//firebasedatabase.googleapis.com/projects/_/locations/us-central1/instances/app"))
        .withType("google.firebase.database.ref.v1.written")
        .withTime(OffsetDateTime.ofInstant(WRITTEN, ZoneOffset.UTC))
        .withExtension("instance", "app")
        .withExtension("ref", "status/ada/my%20phone")
        .withData("application/json", body.getBytes(StandardCharsets.UTF_8));
  }

  private RealtimeChange change(String before, String delta) {
    new OnStatus(changes)
        .accept(event("{\"data\":%s,\"delta\":%s}".formatted(before, delta)).build());
    return changes.getFirst();
  }

  private static JsonNode json(String text) throws IOException {
    return Json.mapper().readTree(text.replace('\'', '"'));
  }

  private List<Document> poison() {
    Documents documents = fireside.platform().documents();
    return documents.list(documents.collection("poison").whereEqualTo("id", id));
  }

  @Test
  void knowsWhereWhenAndByWhom() {
    new OnStatus(changes)
        .accept(
            event("{\"data\":null,\"delta\":1}")
                .withExtension("authtype", "app_user")
                .withExtension("authid", "ada")
                .build());

    RealtimeChange change = changes.getFirst();
    assertThat(change.instance()).isEqualTo("app");
    assertThat(change.ref()).isEqualTo("status/ada/my phone");
    assertThat(change.part(1)).isEqualTo("ada");
    assertThat(change.time()).isEqualTo(WRITTEN);
    assertThat(change.authType()).isEqualTo("app_user");
    assertThat(change.authId()).isEqualTo("ada");
    assertThat(change.event().id()).isEqualTo(id);
  }

  @Test
  void aSenderThatSaysNothingOfWhoWroteIsUnknown() {
    RealtimeChange change = change("null", "1");

    assertThat(change.authType()).isEqualTo("unknown");
    assertThat(change.authId()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'a':1,'b':{'c':2,'d':3}} | {'b':{'c':null,'e':4}} | {'a':1,'b':{'d':3,'e':4}}",
        "{'a':1}                   | {'a':{'b':1}}          | {'a':{'b':1}}",
        "{'a':{'b':1}}             | {'a':5}                | {'a':5}",
        "{'a':{'b':1},'c':1}       | {'a':{'b':null}}       | {'c':1}",
        "5                         | {'a':1}                | {'a':1}"
      })
  void whatIsThereNowIsWhatWasThereAndTheChange(String before, String delta, String after)
      throws IOException {
    RealtimeChange change = change(before.replace('\'', '"'), delta.replace('\'', '"'));

    assertThat(change.before()).isEqualTo(json(before));
    assertThat(change.after()).isEqualTo(json(after));
  }

  @Test
  void nothingIsNull() {
    assertThat(change("null", "{\"a\":1}").before()).isNull();
    changes.clear();
    assertThat(change("{\"a\":1}", "null").after()).isNull();
    changes.clear();
    assertThat(change("{\"a\":1}", "{\"a\":null}").after()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[1]", "no JSON"})
  void anotherBodyIsPoison(String body) {
    new OnStatus(changes).accept(event(body).build());

    assertThat(changes).isEmpty();
    assertThat(poison()).hasSize(1);
  }

  @Test
  void anEventThatDoesNotSayWhereIsPoison() {
    new OnStatus(changes).accept(event("{}").withoutExtension("ref").build());

    assertThat(poison()).hasSize(1);
  }
}
