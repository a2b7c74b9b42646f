package dev.fireside.emulator.events;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events of one function: delivered at least once, in no order, again when they fail.
public final class EventQueue {
  private static final Logger log = LoggerFactory.getLogger(EventQueue.class);
  private static final int DEAD_LETTERS_KEPT = 1_000;

  private final String function;
  private final Sender sender;
  private final RetryPolicy retry;
  private final Faults faults;
  private final Executor executor;
  private final RandomGenerator random;
  private final Semaphore permits;
  private final Set<Delivery> deliveries = ConcurrentHashMap.newKeySet();
  private final ConcurrentLinkedDeque<DeadLetter> deadLetters = new ConcurrentLinkedDeque<>();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong retries = new AtomicLong();
  private final List<Delivery> collected = new ArrayList<>();

  /// @param function the name of the function
  /// @param concurrency how many events it is sent at once
  /// @param executor gives each delivery a thread that may wait
  public EventQueue(
      String function,
      int concurrency,
      Sender sender,
      RetryPolicy retry,
      Faults faults,
      Executor executor,
      RandomGenerator random) {
    this.function = function;
    this.sender = sender;
    this.retry = retry;
    this.faults = faults;
    this.executor = executor;
    this.random = random;
    this.permits = new Semaphore(concurrency, true);
  }

  /// One event on its way. Compared by identity: copies of an event are deliveries of their own.
  private static final class Delivery {
    final Event event;
    final long startNanos = System.nanoTime();
    volatile int attempts;
    volatile String lastFailure = "not delivered yet";
    volatile boolean sending;
    volatile boolean dropped;

    Delivery(Event event) {
      this.event = event;
    }

    @Override
    public String toString() {
      return event.id() + " (" + event.about() + "), attempt " + attempts + ": " + lastFailure;
    }
  }

  /// Takes an event. When this returns it is counted by [#size], unless it is held: then it counts
  /// from its release.
  public void offer(Event event) {
    accepted.incrementAndGet();
    Fault fault = faults.of(function);
    for (int i = 0; i <= fault.duplicates(); i++) {
      var delivery = new Delivery(event);
      faults.pass(
          function,
          () -> {
            deliveries.add(delivery);
            begin(delivery, fault);
          });
    }
  }

  private void begin(Delivery delivery, Fault fault) {
    if (fault.reorderWindow().isPositive()) {
      collect(delivery, fault.reorderWindow());
    } else {
      start(
          delivery,
          () -> {
            Thread.sleep(fault.delay());
            deliver(delivery);
          });
    }
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private void start(Delivery delivery, Work work) {
    try {
      executor.execute(() -> {
        try {
          work.run();
        } catch (InterruptedException e) {
          deliveries.remove(delivery);
        }
      });
    } catch (RejectedExecutionException e) {
      // The project is being closed.
      deliveries.remove(delivery);
    }
  }

  /// Collects deliveries until the window of the first of them is over.
  private void collect(Delivery delivery, Duration window) {
    synchronized (collected) {
      collected.add(delivery);
      if (collected.size() > 1) {
        return;
      }
    }
    start(
        delivery,
        () -> {
          Thread.sleep(window);
          for (Delivery next : shuffled()) {
            // One after the other, or they would overtake each other again.
            if (!attempt(next)) {
              start(next, () -> retry(next));
            }
          }
        });
  }

  private List<Delivery> shuffled() {
    List<Delivery> batch;
    synchronized (collected) {
      batch = new ArrayList<>(collected);
      collected.clear();
    }
    var before = List.copyOf(batch);
    Collections.shuffle(batch, java.util.Random.from(random));
    if (batch.equals(before)) {
      Collections.reverse(batch);
    }
    return batch;
  }

  private void deliver(Delivery delivery) throws InterruptedException {
    if (!attempt(delivery)) {
      retry(delivery);
    }
  }

  private void retry(Delivery delivery) throws InterruptedException {
    do {
      Duration age = Duration.ofNanos(System.nanoTime() - delivery.startNanos);
      if (retry.isOver(delivery.attempts, age)) {
        giveUp(delivery);
        return;
      }
      Thread.sleep(retry.pauseAfter(delivery.attempts));
      retries.incrementAndGet();
    } while (!attempt(delivery));
  }

  /// Delivers once; true when the event needs no more attention.
  private boolean attempt(Delivery delivery) throws InterruptedException {
    delivery.sending = true;
    try {
      if (delivery.dropped || attemptSucceeds(delivery)) {
        deliveries.remove(delivery);
        return true;
      }
      return false;
    } finally {
      delivery.sending = false;
    }
  }

  private boolean attemptSucceeds(Delivery delivery) throws InterruptedException {
    int attempt = delivery.attempts + 1;
    delivery.attempts = attempt;
    Fault fault = faults.of(function);
    if (attempt <= fault.failDeliveries()) {
      delivery.lastFailure = "lost on the way, as the faults ask";
      return false;
    }
    String failure = send(delivery.event);
    if (failure == null && attempt <= fault.failAnswers()) {
      failure = "answer lost, as the faults ask";
    }
    if (failure == null) {
      return true;
    }
    delivery.lastFailure = failure;
    log.debug("{} failed for {}", function, delivery);
    return false;
  }

  private @org.jspecify.annotations.Nullable String send(Event event) throws InterruptedException {
    permits.acquire();
    try {
      int status = sender.send(event);
      return status >= 200 && status < 300 ? null : "answered " + status;
    } catch (IOException e) {
      return e.toString();
    } finally {
      permits.release();
    }
  }

  private void giveUp(Delivery delivery) {
    log.error("{} never managed event {}: it is a dead letter now", function, delivery);
    deadLetters.add(
        new DeadLetter(
            delivery.event.id(), delivery.event.about(), delivery.attempts, delivery.lastFailure));
    while (deadLetters.size() > DEAD_LETTERS_KEPT) {
      deadLetters.poll();
    }
    deliveries.remove(delivery);
  }

  /// Forgets everything that is not being delivered at this moment, and all counts.
  public void clear() {
    synchronized (collected) {
      collected.forEach(deliveries::remove);
      collected.clear();
    }
    deliveries.removeIf(delivery -> {
      delivery.dropped = true;
      return !delivery.sending;
    });
    deadLetters.clear();
    accepted.set(0);
    retries.set(0);
  }

  /// The name of the function.
  public String function() {
    return function;
  }

  /// Events taken and not done with.
  public int size() {
    return deliveries.size();
  }

  /// Events taken so far.
  public long accepted() {
    return accepted.get();
  }

  /// Deliveries after the first of each event.
  public long retries() {
    return retries.get();
  }

  /// What is not done with, for people.
  public List<String> describe() {
    return deliveries.stream().map(delivery -> function + ": " + delivery).toList();
  }

  /// The events that were given up.
  public List<DeadLetter> deadLetters() {
    return List.copyOf(deadLetters);
  }
}
