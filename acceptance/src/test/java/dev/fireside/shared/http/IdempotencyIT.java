package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.Served.Answer;
import dev.fireside.shared.store.Documents;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdempotencyIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("none");

  /// What the next call does after it has created its thing, by the name in its body.
  private static final Map<String, Runnable> AFTERWARDS = new ConcurrentHashMap<>();

  // What breaks here breaks on purpose.
  private static final Logger QUIET = Logger.getLogger(HttpApp.class.getName());

  private static Served served;
  private static String ann;
  private static String bob;

  /// Creates things, one document a call and id.
  public static final class ThingsFunction implements RoutedFunction {
    private final HttpApp app;
    private final Documents documents;

    public ThingsFunction() {
      Platform platform = Platform.current();
      this.documents = platform.documents();
      this.app =
          new HttpApp(platform)
              .route("POST", "/api/things", Access.USER, this::create)
              .route("DELETE", "/api/things/{id}", Access.USER, this::delete);
    }

    private Response create(Request request) {
      String name = request.body(input -> input.text("name", 1, 100));
      documents.create("things/" + request.newId(), Map.of("name", name));
      AFTERWARDS.getOrDefault(name, () -> {}).run();
      return Response.created(
          "/api/things/" + request.newId(),
          Map.of("id", request.newId(), "n", 1.5, "list", List.of()));
    }

    private Response delete(Request request) {
      documents.delete("things/" + request.path("id"));
      return Response.noContent();
    }

    @Override
    public HttpApp app() {
      return app;
    }
  }

  @BeforeAll
  static void serve() throws IOException {
    QUIET.setLevel(Level.OFF);
    served = new Served(fireside.platform(), ThingsFunction.class);
    ann = "Bearer " + fireside.project().token("ann", Map.of("exp", 4_000_000_000L));
    bob = "Bearer " + fireside.project().token("bob", Map.of("exp", 4_000_000_000L));
  }

  @AfterAll
  static void stop() {
    QUIET.setLevel(null);
    served.close();
  }

  @AfterEach
  void forget() {
    AFTERWARDS.clear();
    fireside.clock().reset();
  }

  private final String name = UUID.randomUUID().toString();
  private final String key = UUID.randomUUID().toString();

  private Answer post(String who, String withKey, String thing) {
    return served.send(
        "POST",
        "/api/things",
        "{\"name\": \"" + thing + "\"}",
        "Authorization",
        who,
        "Content-Type",
        "application/json",
        "Idempotency-Key",
        withKey);
  }

  private Answer post() {
    return post(ann, key, name);
  }

  private long made() {
    Documents documents = fireside.platform().documents();
    return documents.count(documents.collection("things").whereEqualTo("name", name)).count();
  }

  @Test
  void theSameRequestAgainIsAnsweredAlikeAndDoneOnce() {
    Answer first = post();
    Answer again = post();

    assertThat(first.status()).isEqualTo(201);
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.body()).isEqualTo(first.body());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void anAnswerWithoutABodyIsReplayedToo() {
    for (int i = 0; i < 2; i++) {
      Answer answer =
          served.send(
              "DELETE", "/api/things/" + name, "", "Authorization", ann, "Idempotency-Key", key);
      assertThat(answer.status()).isEqualTo(204);
      assertThat(answer.text()).isEmpty();
    }
  }

  @Test
  void anotherBodyUnderTheKeyIsRefused() {
    post();

    Answer other = post(ann, key, "other");

    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("key-reused");
  }

  @Test
  void keysBelongToAPersonAndAPath() {
    post();

    assertThat(post(bob, key, name).header("Idempotency-Replayed")).isEmpty();
    assertThat(made()).isEqualTo(2);
    assertThat(
            served
                .send("DELETE", "/api/things/x", "", "Authorization", ann, "Idempotency-Key", key)
                .status())
        .isEqualTo(204);
  }

  @Test
  void whileTheFirstIsAtWorkTheSecondIsToldSo() throws Exception {
    var working = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    AFTERWARDS.put(
        name,
        () -> {
          working.countDown();
          awaited(release);
        });
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = executor.submit(() -> post());
      working.await();

      Answer second = post();
      release.countDown();

      assertThat(second.status()).isEqualTo(409);
      assertThat(second.problem()).isEqualTo("in-progress");
      assertThat(second.header("Retry-After")).isEqualTo("1");
      assertThat(first.get().status()).isEqualTo(201);
    }
    assertThat(post().header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void ofManyAtOnceOneIsDone() throws Exception {
    List<Answer> answers = Calls.atOnce(10, _ -> post());

    assertThat(answers).extracting(Answer::status).isSubsetOf(201, 409).contains(201);
    assertThat(made()).isEqualTo(1);
    assertThat(post().status()).isEqualTo(201);
  }

  @Test
  void aCrashAfterTheEffectIsMetWithTheSameId() {
    AFTERWARDS.put(
        name,
        () -> {
          throw new IllegalStateException("the instance died");
        });
    assertThat(post().status()).isEqualTo(500);
    assertThat(made()).isEqualTo(1);

    AFTERWARDS.clear();
    Answer again = post();

    assertThat(again.status()).isEqualTo(201);
    assertThat(made()).isEqualTo(1);
    assertThat(fireside.platform().documents().get("things/" + again.body().path("id").asText()))
        .isPresent();
  }

  @Test
  void anAttemptThatNeverEndedIsTakenOverWhenItsLeaseIsOver() throws Exception {
    var working = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    AFTERWARDS.put(
        name,
        () -> {
          working.countDown();
          awaited(release);
          throw ProblemException.of(ProblemType.CONFLICT, "too late");
        });
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var stuck = executor.submit(() -> post());
      working.await();
      AFTERWARDS.clear();
      fireside.clock().advance(Duration.ofSeconds(61));

      Answer second = post();
      release.countDown();

      assertThat(second.status()).isEqualTo(201);
      assertThat(stuck.get().status()).isEqualTo(409);
      // The late one must not throw the answer of the other away.
      Answer third = post();
      assertThat(third.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(third.body()).isEqualTo(second.body());
      assertThat(made()).isEqualTo(1);
    }
  }

  @Test
  void aRefusalGivesTheKeyBack() {
    AFTERWARDS.put(
        name,
        () -> {
          throw ProblemException.of(ProblemType.CONFLICT, "not now");
        });
    assertThat(post().status()).isEqualTo(409);

    AFTERWARDS.clear();
    assertThat(post(ann, key, "another body").status()).isEqualTo(201);
  }

  @Test
  void aRefusalAfterAnAttemptThatMayHaveHadAnEffectKeepsTheId() {
    AFTERWARDS.put(
        name,
        () -> {
          throw ProblemException.of(ProblemType.UNAVAILABLE, "away");
        });
    assertThat(post().status()).isEqualTo(503);
    AFTERWARDS.put(
        name,
        () -> {
          throw ProblemException.of(ProblemType.CONFLICT, "not now");
        });
    assertThat(post().status()).isEqualTo(409);

    AFTERWARDS.clear();
    assertThat(post().status()).isEqualTo(201);
    assertThat(made()).isEqualTo(1);
  }

  @Test
  void aKeyIsForgottenAfterADayEvenBeforeFirestoreRemovesIt() {
    post();
    fireside.clock().advance(Idempotency.KEPT.minusSeconds(5));
    assertThat(post().header("Idempotency-Replayed")).isEqualTo("true");

    fireside.clock().advance(Duration.ofSeconds(10));
    assertThat(post(ann, key, "another body").status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b"})
  void refusesKeysThatAreNone(String odd) {
    Answer answer = post(ann, odd, name);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("errors").get(0).path("field").asText())
        .isEqualTo("Idempotency-Key");
    assertThat(post(ann, "k".repeat(129), name).status()).isEqualTo(400);
  }

  @Test
  void withoutAKeyEveryCallIsDone() {
    for (int i = 0; i < 2; i++) {
      assertThat(
              served
                  .send(
                      "POST",
                      "/api/things",
                      "{\"name\": \"" + name + "\"}",
                      "Authorization",
                      ann,
                      "Content-Type",
                      "application/json")
                  .status())
          .isEqualTo(201);
    }
    assertThat(made()).isEqualTo(2);
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
