package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventQueueTest {
  private static final RetryPolicy QUICK =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(4), 4, Duration.ofHours(1));

  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Faults faults = new Faults();
  private final List<String> delivered = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private EventQueue queue(int concurrency, Sender sender) {
    return new EventQueue("f", concurrency, sender, QUICK, faults, executor, new Random(1));
  }

  private EventQueue answering(int status) {
    return queue(
        80,
        event -> {
          delivered.add(event.id());
          return status;
        });
  }

  private static Event event(int id) {
    return new Event(
        Map.of("ce-id", Integer.toString(id), "ce-subject", "documents/a/" + id), ByteString.EMPTY);
  }

  private static void awaitEmpty(EventQueue queue) {
    await().until(() -> queue.size() == 0);
  }

  @Test
  void anEventIsDeliveredOnceWhenTheAnswerIsGood() {
    var queue = answering(204);

    queue.offer(event(1));
    awaitEmpty(queue);

    assertThat(delivered).containsExactly("1");
    assertThat(queue.retries()).isZero();
  }

  @Test
  void anOfferedEventCountsAtOnce() {
    var gate = new CountDownLatch(1);
    var queue =
        queue(
            1,
            _ -> {
              gate.await();
              return 200;
            });

    queue.offer(event(1));

    assertThat(queue.size()).isEqualTo(1);
    assertThat(queue.describe()).singleElement().asString().contains("f: 1 (documents/a/1)");
    gate.countDown();
    awaitEmpty(queue);
  }

  @Test
  void aFailureIsTriedAgainUntilItIsNone() {
    var failures = new AtomicInteger(2);
    var queue =
        queue(
            80,
            event -> {
              delivered.add(event.id());
              return failures.getAndDecrement() > 0 ? 500 : 200;
            });

    queue.offer(event(1));
    awaitEmpty(queue);

    assertThat(delivered).containsExactly("1", "1", "1");
    assertThat(queue.retries()).isEqualTo(2);
    assertThat(queue.deadLetters()).isEmpty();
  }

  @Test
  void anEventThatNeverSucceedsBecomesADeadLetter() {
    var queue = answering(503);

    queue.offer(event(1));
    awaitEmpty(queue);

    assertThat(delivered).hasSize(4);
    assertThat(queue.deadLetters())
        .containsExactly(new DeadLetter("1", "documents/a/1", 4, "answered 503"));
  }

  @Test
  void anUnreachableFunctionIsAFailure() {
    var failures = new AtomicInteger(1);
    var queue =
        queue(
            80,
            event -> {
              if (failures.getAndDecrement() > 0) {
                throw new IOException("refused");
              }
              delivered.add(event.id());
              return 200;
            });

    queue.offer(event(1));
    awaitEmpty(queue);

    assertThat(delivered).containsExactly("1");
  }

  @Test
  void noMoreEventsThanTheConcurrencyAreSentAtOnce() {
    var gate = new CountDownLatch(1);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var queue =
        queue(
            3,
            event -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              gate.await();
              running.decrementAndGet();
              delivered.add(event.id());
              return 200;
            });

    IntStream.range(0, 50).forEach(id -> queue.offer(event(id)));
    await().until(() -> running.get() == 3);
    gate.countDown();
    awaitEmpty(queue);

    assertThat(delivered).hasSize(50);
    assertThat(most.get()).isEqualTo(3);
  }

  @Test
  void duplicatesCarryTheSameId() {
    faults.set("f", Fault.duplicate(2));
    var queue = answering(200);

    queue.offer(event(1));
    awaitEmpty(queue);

    assertThat(delivered).containsExactly("1", "1", "1");
  }

  @Test
  void lostAnswersBringTheEventAgainAndLostDeliveriesDoNotArrive() {
    faults.set("f", Fault.loseAnswers(1));
    var answers = answering(200);
    answers.offer(event(1));
    awaitEmpty(answers);
    assertThat(delivered).containsExactly("1", "1");

    delivered.clear();
    faults.set("f", Fault.loseDeliveries(1));
    var deliveries = answering(200);
    deliveries.offer(event(2));
    awaitEmpty(deliveries);
    assertThat(delivered).containsExactly("2");
    assertThat(deliveries.retries()).isEqualTo(1);
  }

  @Test
  void eventsOfOneWindowAreDeliveredInAnotherOrder() {
    faults.setAll(Fault.reorder(Duration.ofMillis(30)));
    var queue = answering(200);
    List<String> sent = IntStream.range(0, 10).mapToObj(Integer::toString).toList();

    IntStream.range(0, 10).forEach(id -> queue.offer(event(id)));
    awaitEmpty(queue);

    assertThat(delivered).containsExactlyInAnyOrderElementsOf(sent).isNotEqualTo(sent);
  }

  @Test
  void twoEventsOfOneWindowAlwaysChangePlaces() {
    faults.setAll(Fault.reorder(Duration.ofMillis(20)));
    for (int i = 0; i < 5; i++) {
      var queue = answering(200);
      queue.offer(event(1));
      queue.offer(event(2));
      awaitEmpty(queue);
      assertThat(delivered).containsExactly("2", "1");
      delivered.clear();
    }
  }

  @Test
  void heldEventsComeWhenTheyAreReleased() {
    faults.hold("f");
    var queue = answering(200);
    queue.offer(event(1));
    queue.offer(event(2));
    assertThat(delivered).isEmpty();
    assertThat(queue.size()).as("settling does not wait for them").isZero();

    faults.release();
    awaitEmpty(queue);
    assertThat(delivered).containsExactlyInAnyOrder("1", "2");

    queue.offer(event(3));
    awaitEmpty(queue);
    assertThat(delivered).contains("3");
  }

  @Test
  void onlyTheEventsOfAFunctionThatIsHeldAreHeld() {
    faults.hold("other");
    var queue = answering(200);

    queue.offer(event(1));
    awaitEmpty(queue);

    assertThat(delivered).containsExactly("1");
  }

  @Test
  void whatIsHeldCanBeDropped() {
    faults.holdAll();
    var queue = answering(200);
    queue.offer(event(1));

    faults.drop();
    faults.release();
    queue.offer(event(2));
    awaitEmpty(queue);

    assertThat(delivered).containsExactly("2");
  }

  @Test
  void clearingForgetsWhatIsNotBeingSent() {
    faults.set("f", Fault.delay(Duration.ofMinutes(1)));
    var queue = answering(200);
    queue.offer(event(1));

    queue.clear();

    assertThat(queue.size()).isZero();
    assertThat(queue.accepted()).isZero();
  }
}
