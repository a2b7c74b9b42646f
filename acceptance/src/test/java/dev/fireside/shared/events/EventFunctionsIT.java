package dev.fireside.shared.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.google.events.cloud.firestore.v1.ArrayValue;
import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.events.cloud.firestore.v1.MapValue;
import com.google.events.cloud.firestore.v1.Value;
import com.google.protobuf.ByteString;
import com.google.protobuf.NullValue;
import com.google.protobuf.Timestamp;
import com.google.type.LatLng;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.telemetry.Trace;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EventFunctionsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().entryPoints("none").topics("shared-things");

  private static final String DATABASE = "projects/p/databases/(default)/documents/";
  private static final Instant WRITTEN = Instant.parse("2026-01-01T12:00:00.123456Z");
  private static final Instant TOLD = WRITTEN.plusSeconds(2);

  // What is poisonous here is so on purpose.
  private static final Logger QUIET = Logger.getLogger(EventFunction.class.getName());

  private final String id = UUID.randomUUID().toString();

  record Thing(String name, int size) {}

  private static final class OnThing extends FirestoreFunction {
    private final Consumer<DocumentChange> consumer;

    OnThing(Consumer<DocumentChange> consumer) {
      super(fireside.platform());
      this.consumer = consumer;
    }

    @Override
    protected void on(DocumentChange change) {
      consumer.accept(change);
    }
  }

  private static final class OnMessage extends MessageFunction {
    private final Consumer<Message> consumer;

    OnMessage(Consumer<Message> consumer) {
      super(fireside.platform());
      this.consumer = consumer;
    }

    @Override
    protected void on(Message message) {
      consumer.accept(message);
    }
  }

  private static final class OnAccount extends AccountFunction {
    private final Consumer<Uid> consumer;

    OnAccount(Consumer<Uid> consumer) {
      super(fireside.platform());
      this.consumer = consumer;
    }

    @Override
    protected void onDeleted(Uid uid) {
      consumer.accept(uid);
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

  private CloudEvent event(byte[] body) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withSource(URI.create("//firestore.googleapis.com/projects/p/databases/(default)"))
        .withType("google.cloud.firestore.document.v1.written")
        .withTime(OffsetDateTime.ofInstant(TOLD, ZoneOffset.UTC))
        .withData("application/protobuf", body)
        .build();
  }

  private CloudEvent event(String body) {
    return event(body.getBytes(StandardCharsets.UTF_8));
  }

  private static com.google.events.cloud.firestore.v1.Document document(Map<String, Value> fields) {
    return com.google.events.cloud.firestore.v1.Document.newBuilder()
        .setName(DATABASE + "things/a/parts/b")
        .putAllFields(fields)
        .setUpdateTime(timestamp(WRITTEN))
        .build();
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  private static Value text(String text) {
    return Value.newBuilder().setStringValue(text).build();
  }

  private DocumentChange change(DocumentEventData data) {
    var seen = new AtomicReference<DocumentChange>();
    new OnThing(seen::set).accept(event(data.toByteArray()));
    return seen.get();
  }

  private Message message(String body) {
    var seen = new AtomicReference<Message>();
    new OnMessage(seen::set).accept(event(body));
    return seen.get();
  }

  private List<Document> poison() {
    Documents documents = fireside.platform().documents();
    return documents.list(documents.collection("poison").whereEqualTo("id", id));
  }

  @Test
  void readsDocumentsOfEventsAsReadsGiveThem() {
    var fields = new HashMap<String, Value>();
    fields.put("text", text("ü😀"));
    fields.put("n", Value.newBuilder().setIntegerValue(7).build());
    fields.put("fraction", Value.newBuilder().setDoubleValue(0.5).build());
    fields.put("flag", Value.newBuilder().setBooleanValue(true).build());
    fields.put("at", Value.newBuilder().setTimestampValue(timestamp(WRITTEN)).build());
    fields.put("none", Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build());
    fields.put("bytes", Value.newBuilder().setBytesValue(ByteString.copyFromUtf8("x")).build());
    fields.put("ref", Value.newBuilder().setReferenceValue(DATABASE + "users/ann").build());
    fields.put(
        "place",
        Value.newBuilder()
            .setGeoPointValue(LatLng.newBuilder().setLatitude(1).setLongitude(2))
            .build());
    fields.put(
        "list",
        Value.newBuilder()
            .setArrayValue(ArrayValue.newBuilder().addValues(text("a")).addValues(text("b")))
            .build());
    fields.put(
        "map",
        Value.newBuilder().setMapValue(MapValue.newBuilder().putFields("a", text("b"))).build());

    DocumentChange change =
        change(DocumentEventData.newBuilder().setValue(document(fields)).build());

    assertThat(change.path()).isEqualTo("things/a/parts/b");
    assertThat(change.part(1)).isEqualTo("a");
    assertThat(change.before()).isNull();
    assertThat(change.time()).isEqualTo(TOLD);
    assertThat(change.version()).isEqualTo(Document.versionOf(WRITTEN));
    assertThat(change.event()).isEqualTo(new EventId("OnThing", change.event().source(), id));
    var expected = new HashMap<String, Object>();
    expected.put("text", "ü😀");
    expected.put("n", 7L);
    expected.put("fraction", 0.5);
    expected.put("flag", true);
    expected.put("at", WRITTEN);
    expected.put("none", null);
    expected.put("bytes", "x".getBytes(StandardCharsets.UTF_8));
    expected.put("ref", "users/ann");
    expected.put("place", Map.of("latitude", 1.0, "longitude", 2.0));
    expected.put("list", List.of("a", "b"));
    expected.put("map", Map.of("a", "b"));
    assertThat(change.after().fields().values()).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  void tellsCreationsUpdatesAndDeletionsApart() {
    var document = document(Map.of("text", text("a")));
    var none = com.google.events.cloud.firestore.v1.Document.getDefaultInstance();

    DocumentChange created =
        change(DocumentEventData.newBuilder().setValue(document).setOldValue(none).build());
    DocumentChange updated =
        change(DocumentEventData.newBuilder().setValue(document).setOldValue(document).build());
    DocumentChange deleted = change(DocumentEventData.newBuilder().setOldValue(document).build());

    assertThat(created.before()).isNull();
    assertThat(created.after()).isNotNull();
    assertThat(updated.before()).isEqualTo(updated.after());
    assertThat(deleted.after()).isNull();
    assertThat(deleted.path()).isEqualTo("things/a/parts/b");
    assertThat(deleted.version()).isGreaterThan(updated.version());
  }

  @Test
  void readsMessagesHoweverPubSubSpellsTheirFields() {
    String data =
        Base64.getEncoder()
            .encodeToString("{\"name\":\"ü\",\"size\":1}".getBytes(StandardCharsets.UTF_8));
    String time = "2026-01-01T12:00:00.5Z";
    for (String fields :
        List.of(
            "\"publishTime\":\"%s\"",
            "\"publish_time\":\"%s\"",
            "\"publishTime\":\"%1$s\",\"publish_time\":\"%1$s\",\"messageId\":\"1\",\"message_id\":\"1\"")) {
      Message message =
          message(
              "{\"message\":{\"data\":\"%s\",\"new\":{},%s},\"subscription\":\"s\"}"
                  .formatted(data, fields.formatted(time)));

      assertThat(message.as(Thing.class)).isEqualTo(new Thing("ü", 1));
      assertThat(message.publishTime()).isEqualTo(Instant.parse(time));
    }
    Message bare = message("{\"message\":{\"attributes\":{\"a\":\"b\"}}}");
    assertThat(bare.data()).isEmpty();
    assertThat(bare.publishTime()).isEqualTo(TOLD);
    assertThat(poison()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "[]",
        "{}",
        "{\"message\": 1}",
        "{\"message\": {\"data\": \"%%%\"}}",
        "{\"message\": {\"publishTime\": \"noon\"}}"
      })
  void recordsAndAcknowledgesMessagesThatNobodyCanRead(String body) {
    assertThat(message(body)).isNull();

    assertThat(poison()).hasSize(1);
  }

  @Test
  void recordsAndAcknowledgesWhatIsNoDocumentEvent() {
    var function =
        new OnThing(change -> {
          throw new AssertionError("called");
        });
    var strange =
        DocumentEventData.newBuilder()
            .setValue(com.google.events.cloud.firestore.v1.Document.newBuilder().setName("nowhere"))
            .build();

    for (byte[] body :
        List.of(
            new byte[0],
            new byte[] {1, 2, 3},
            DocumentEventData.getDefaultInstance().toByteArray(),
            strange.toByteArray())) {
      function.accept(event(body));
      assertThat(poison()).hasSize(1);
      assertThat(Base64.getDecoder().decode(poison().getFirst().fields().requiredText("body")))
          .isEqualTo(body);
    }
  }

  @Test
  void aPoisonousEventIsKeptForPeopleToLookAt() {
    var function =
        new OnMessage(message -> {
          throw new PoisonEventException("of no use");
        });
    String body = "{\"message\":{\"data\":\"%s\"}}".formatted("A".repeat(2_000_000));

    function.accept(event(body));
    function.accept(event(body));

    assertThat(poison()).hasSize(1);
    Document kept = poison().getFirst();
    assertThat(kept.fields().text("function")).contains("OnMessage");
    assertThat(kept.fields().text("reason")).contains("of no use");
    assertThat(kept.fields().number("bodyBytes")).isEqualTo(body.length());
    assertThat(kept.fields().instant("expireAt").orElseThrow())
        .isAfter(Instant.now().plus(Duration.ofDays(29)));
  }

  @Test
  void aMessageOfAnotherShapeIsPoison() {
    String data = Base64.getEncoder().encodeToString("[1]".getBytes(StandardCharsets.UTF_8));
    new OnMessage(message -> message.as(Thing.class))
        .accept(event("{\"message\":{\"data\":\"%s\"}}".formatted(data)));

    assertThat(poison()).hasSize(1);
  }

  @Test
  void whatFailsIsThrownToBeTriedAgain() {
    var function =
        new OnMessage(message -> {
          throw new IllegalStateException("the store is away");
        });

    assertThatIllegalStateException()
        .isThrownBy(() -> function.accept(event("{\"message\":{}}")))
        .withMessage("the store is away");
    assertThat(poison()).isEmpty();
  }

  @Test
  void worksInTheTraceOfTheEvent() {
    String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
    var seen = new AtomicReference<String>();
    var event =
        CloudEventBuilder.v1(event("{\"message\":{}}"))
            .withExtension("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
            .build();

    new OnMessage(message -> seen.set(Trace.current().orElseThrow().traceId())).accept(event);

    assertThat(seen).hasValue(trace);
  }

  @Test
  void publishesOneOrManyMessages() {
    Topics topics = fireside.platform().topics();

    topics.publish("shared-things", new Thing(id, 0));
    topics.publishAll(
        "shared-things", IntStream.range(1, 250).mapToObj(i -> new Thing(id, i)).toList());
    topics.publishAll("shared-things", List.of());
    fireside.settle();

    var sizes = new CopyOnWriteArrayList<Integer>();
    fireside.published("shared-things").stream()
        .filter(thing -> thing.path("name").asText().equals(id))
        .forEach(thing -> sizes.add(thing.path("size").asInt()));
    assertThat(sizes).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 250).boxed().toList());
  }

  @Test
  void aMessageForATopicThatIsNotThereIsToldToThePublisher() {
    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(() -> fireside.platform().topics().publish("no-such-topic", new Thing(id, 1)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"oldValue\":{\"uid\":\"ann\"}}", "{\"uid\":\"ann\"}"})
  void knowWhoseAccountWasDeleted(String body) {
    var seen = new ArrayList<Uid>();

    new OnAccount(seen::add).accept(event(body));

    assertThat(seen).containsExactly(new Uid("ann"));
  }

  @Test
  void leaveOutAccountsThatWereNeverLetIn() {
    var seen = new ArrayList<Uid>();

    new OnAccount(seen::add).accept(event("{\"oldValue\":{\"uid\":\"john doe\"}}"));

    assertThat(seen).isEmpty();
    assertThat(poison()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no JSON", "{}", "{\"oldValue\":{}}"})
  void recordAccountsThatHaveNoNameAsPoison(String body) {
    new OnAccount(_ -> {}).accept(event(body));

    assertThat(poison()).hasSize(1);
  }
}
