package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.google.events.cloud.firestore.v1.DocumentEventData;
import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Holds the facts about trigger delivery that the Javadoc of [FirestoreTriggers] states.
class FirestoreTriggersIT {
  private static final String TYPE = "google.cloud.firestore.document.v1.";
  private static final int WRITES = 200;

  private record Delivery(String path, Headers headers, String body) {
    DocumentEventData data() {
      try {
        return DocumentEventData.parseFrom(Base64.getDecoder().decode(body));
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    String header(String name) {
      return headers.getFirst(name);
    }

    long version() {
      return data().getValue().getFieldsOrThrow("version").getIntegerValue();
    }
  }

  private static final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
  private static volatile CountDownLatch gate = new CountDownLatch(0);
  private static HttpServer receiver;
  private static FirestoreEmulator emulator;
  private static FirestoreTriggers triggers;

  @BeforeAll
  static void startEmulator() throws IOException {
    receiver = HttpServer.create(Ports.address(0), 0);
    receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII);
          String path = exchange.getRequestMethod() + " " + exchange.getRequestURI();
          deliveries.add(new Delivery(path, exchange.getRequestHeaders(), body));
          try {
            gate.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(path.contains("failing") ? 500 : 204, -1);
          exchange.close();
        });
    receiver.start();
    emulator = FirestoreEmulator.start(0, null, Ports.HOST + ":" + receiver.getAddress().getPort());
    triggers = new FirestoreTriggers(emulator.address());
  }

  @AfterAll
  static void stopEmulator() {
    emulator.close();
    receiver.stop(0);
  }

  @BeforeEach
  void forgetDeliveries() {
    deliveries.clear();
  }

  @Test
  void postsAWriteAsACloudEvent() throws Exception {
    triggers.register("shape", "posts-written", TYPE + "written", "posts/{id}");
    write("shape", "posts/1", 1);

    Delivery delivery = awaitDeliveries(1).getFirst();
    assertThat(delivery.path()).isEqualTo("POST /functions/projects/shape/triggers/posts-written");
    assertThat(delivery.header("ce-specversion")).isEqualTo("1.0");
    assertThat(delivery.header("ce-type")).isEqualTo(TYPE + "written");
    assertThat(delivery.header("ce-source"))
        .isEqualTo("//firestore.googleapis.com/projects/projects/shape/databases/(default)");
    assertThat(delivery.header("ce-subject")).isEqualTo("documents/posts/1");
    assertThat(delivery.header("ce-document")).isEqualTo("posts/1");
    assertThat(delivery.header("ce-project")).isEqualTo("shape");
    assertThat(delivery.header("ce-time")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    assertThat(delivery.header("Content-Type")).isEqualTo("application/protobuf");
    assertThat(delivery.data().getValue().getName())
        .isEqualTo("projects/shape/databases/(default)/documents/posts/1");
    assertThat(delivery.data().hasOldValue()).isFalse();
    assertThat(delivery.version()).isEqualTo(1);
  }

  @Test
  void tellsTwoProjectsApart() throws Exception {
    triggers.register("left", "posts", TYPE + "created", "posts/{id}");
    triggers.register("right", "posts", TYPE + "created", "posts/{id}");
    write("left", "posts/l", 1);
    write("right", "posts/r", 1);
    write("neither", "posts/n", 1);

    assertThat(awaitDeliveries(2))
        .extracting(Delivery::path, delivery -> delivery.header("ce-document"))
        .containsExactly(
            tuple("POST /functions/projects/left/triggers/posts", "posts/l"),
            tuple("POST /functions/projects/right/triggers/posts", "posts/r"));
  }

  @Test
  void deliversTheWritesOfADocumentInCommitOrder() throws Exception {
    triggers.register("order", "posts", TYPE + "written", "posts/{id}");
    for (int i = 1; i <= WRITES; i++) {
      write("order", "posts/1", i);
    }
    assertThat(awaitDeliveries(WRITES))
        .extracting(Delivery::version)
        .containsExactlyElementsOf(LongStream.rangeClosed(1, WRITES).boxed().toList());
  }

  @Test
  void waitsForEachAnswerButLetsWritesPass() throws Exception {
    triggers.register("slow", "posts", TYPE + "written", "posts/{id}");
    triggers.register("other", "posts", TYPE + "written", "posts/{id}");
    gate = new CountDownLatch(1);
    try {
      write("slow", "posts/1", 1);
      write("slow", "posts/1", 2);
      write("other", "posts/1", 3);
      awaitDeliveries(1);
      await().during(Duration.ofMillis(300)).until(() -> deliveries.size() == 1);
    } finally {
      gate.countDown();
    }
    assertThat(awaitDeliveries(3)).extracting(Delivery::version).containsExactly(1L, 2L, 3L);
  }

  @Test
  void neitherRetriesNorStopsAfterAFailure() throws Exception {
    triggers.register("retry", "failing", TYPE + "written", "posts/{id}");
    write("retry", "posts/1", 1);
    write("retry", "posts/1", 2);
    assertThat(awaitDeliveries(2)).extracting(Delivery::version).containsExactly(1L, 2L);
  }

  @Test
  void firesForAWriteThatChangesNothingWithoutAnUpdateMask() throws Exception {
    write("noop", "posts/1", 1);
    triggers.register("noop", "posts", TYPE + "updated", "posts/{id}");
    write("noop", "posts/1", 1);
    write("noop", "posts/1", 2);
    assertThat(awaitDeliveries(2)).extracting(Delivery::version).containsExactly(1L, 2L);
    assertThat(deliveries)
        .allMatch(delivery -> delivery.data().getUpdateMask().getFieldPathsList().isEmpty());
  }

  @Test
  void matchesPatternsOfEveryForm() throws Exception {
    triggers.register("forms", "one", TYPE + "created", "users/u1");
    triggers.register("forms", "nested", TYPE + "created", "users/{uid}/items/{id}");
    triggers.register("forms", "rest", TYPE + "created", "users/{path=**}");
    write("forms", "users/u1", 1);
    write("forms", "users/u2/items/i", 1);
    assertThat(awaitDeliveries(4))
        .extracting(Delivery::path)
        .containsExactlyInAnyOrder(
            "POST /functions/projects/forms/triggers/one",
            "POST /functions/projects/forms/triggers/rest",
            "POST /functions/projects/forms/triggers/rest",
            "POST /functions/projects/forms/triggers/nested");
    assertThat(deliveries).extracting(delivery -> delivery.header("ce-id")).doesNotHaveDuplicates();
  }

  @Test
  void replacesATriggerOfTheSameName() throws Exception {
    triggers.register("again", "posts", TYPE + "created", "posts/{id}");
    triggers.register("again", "posts", TYPE + "created", "videos/{id}");
    write("again", "posts/1", 1);
    write("again", "videos/1", 1);
    assertThat(awaitDeliveries(1))
        .extracting(delivery -> delivery.header("ce-document"))
        .containsExactly("videos/1");
  }

  @Test
  void refusesAnUnknownEventType() {
    assertThatThrownBy(() -> triggers.register("bad", "posts", TYPE + "liked", "posts/{id}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("liked");
  }

  private static void write(String project, String path, long version) throws Exception {
    new Documents(emulator.address(), project).write(path, version);
  }

  private static List<Delivery> awaitDeliveries(int count) {
    await().atMost(Duration.ofSeconds(20)).until(() -> deliveries.size() >= count);
    return deliveries;
  }
}
