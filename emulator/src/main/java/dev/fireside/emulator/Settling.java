package dev.fireside.emulator;

import dev.fireside.emulator.events.EventHub;
import dev.fireside.emulator.events.FirestoreProject;
import dev.fireside.emulator.gateway.Invocations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;

/// Waits until a project has nothing left to do.
final class Settling {
  private static final Duration POLL = Duration.ofMillis(1);

  private final EventHub events;
  private final Invocations invocations;
  private final FirestoreProject firestore;
  private final IntSupplier jobs;

  Settling(EventHub events, Invocations invocations, FirestoreProject firestore, IntSupplier jobs) {
    this.events = events;
    this.invocations = invocations;
    this.firestore = firestore;
    this.jobs = jobs;
  }

  /// Work makes work: a function writes, the write is an event, the event runs a function. So this
  /// looks twice, with all events of earlier writes in between.
  void await(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (true) {
        awaitQuiet(deadline, limit);
        long before = events.arrivals();
        firestore.flush(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        if (events.arrivals() == before && unfinished().isEmpty()) {
          return;
        }
      }
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The Firestore emulator has not sent all events after " + limit + stuck(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for events", e);
    }
  }

  private void awaitQuiet(long deadline, Duration limit) throws InterruptedException {
    while (!unfinished().isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("Not done after " + limit + stuck());
      }
      Thread.sleep(POLL);
    }
  }

  private List<String> unfinished() {
    var unfinished = new ArrayList<>(events.unfinished());
    invocations.running().forEach(function -> unfinished.add(function + " is running"));
    int working = jobs.getAsInt();
    if (working > 0) {
      unfinished.add(working + " jobs are running");
    }
    return unfinished;
  }

  private String stuck() {
    return ":\n - " + String.join("\n - ", unfinished());
  }
}
