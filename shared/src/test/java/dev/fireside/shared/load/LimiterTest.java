package dev.fireside.shared.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class LimiterTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Limiter limiter = new Limiter("store", 2, LONG, meters);

  private double now(String meter, String share) {
    return meters.get("store.calls." + meter).tag("share", share).gauge().value();
  }

  private double shed(String share) {
    return meters.get("store.calls.shed").tag("share", share).counter().count();
  }

  private CompletableFuture<Limiter.Permit> waiting(Errand errand) {
    return CompletableFuture.supplyAsync(
        () -> errand.get(limiter::acquire), Thread::startVirtualThread);
  }

  /// They are let through in the order in which their threads came, which is not that of the list.
  private static void closeAsTheyCome(List<CompletableFuture<Limiter.Permit>> queue) {
    List<CompletableFuture<Void>> closed =
        queue.stream().map(permit -> permit.thenAccept(Limiter.Permit::close)).toList();
    closed.forEach(CompletableFuture::join);
  }

  @Test
  void letsSoManyCallsThroughAndTheNextAsOneEnds() {
    Limiter.Permit first = limiter.acquire();
    Limiter.Permit second = limiter.acquire();
    CompletableFuture<Limiter.Permit> third = waiting(Errand.request());
    await().until(() -> now("waiting", "requests") == 1);
    assertThat(third).isNotDone();

    first.close();

    third.join().close();
    second.close();
    assertThat(now("active", "requests")).isZero();
  }

  @Test
  void refusesAtOnceWhoFindsTheQueueFull() {
    List<Limiter.Permit> held = List.of(limiter.acquire(), limiter.acquire());
    var queue = new ArrayList<CompletableFuture<Limiter.Permit>>();
    for (int i = 0; i < 16; i++) {
      queue.add(waiting(Errand.request()));
    }
    await().until(() -> now("waiting", "requests") == 16);

    assertThatExceptionOfType(OverloadedException.class).isThrownBy(limiter::acquire);
    assertThat(shed("requests")).isEqualTo(1);

    held.forEach(Limiter.Permit::close);
    closeAsTheyCome(queue);
    limiter.acquire().close();
    assertThat(now("active", "requests")).isZero();
    assertThat(now("waiting", "requests")).isZero();
  }

  @Test
  void refusesWhoWaitsTooLong() {
    var impatient = new Limiter("impatient", 1, Duration.ofMillis(1), meters);
    try (Limiter.Permit _ = impatient.acquire()) {
      assertThatExceptionOfType(OverloadedException.class).isThrownBy(impatient::acquire);
    }
    impatient.acquire().close();
  }

  @Test
  void nobodyWaitsBeyondTheirOwnDeadline() {
    try (Limiter.Permit _ = limiter.acquire();
        Limiter.Permit _ = limiter.acquire()) {
      CompletableFuture<Limiter.Permit> late =
          waiting(Errand.request().within(Duration.ofMillis(1)));

      assertThatExceptionOfType(CompletionException.class)
          .isThrownBy(late::join)
          .withCauseInstanceOf(GivenUpException.class);
    }
    assertThat(shed("requests")).isZero();
  }

  @Test
  void whatWasGivenUpWhileItWaitedTakesNoCall() {
    Limiter.Permit first = limiter.acquire();
    Limiter.Permit second = limiter.acquire();
    Errand errand = Errand.request();
    CompletableFuture<Limiter.Permit> waiting = waiting(errand);
    await().until(() -> now("waiting", "requests") == 1);

    errand.giveUp();
    first.close();

    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(waiting::join)
        .withCauseInstanceOf(GivenUpException.class);
    second.close();
    assertThat(now("active", "requests")).isZero();
  }

  @Test
  void requestsAndEventsDoNotTakeEachOthersCalls() {
    Errand event = Errand.event();
    try (Limiter.Permit _ = limiter.acquire();
        Limiter.Permit _ = limiter.acquire()) {
      event.get(limiter::acquire).close();
    }
    try (Limiter.Permit _ = event.get(limiter::acquire)) {
      limiter.acquire().close();
    }
  }

  @Test
  void eventsWaitInAnyNumber() {
    Limiter.Permit held = Errand.event().get(limiter::acquire);
    var queue = new ArrayList<CompletableFuture<Limiter.Permit>>();
    for (int i = 0; i < 100; i++) {
      queue.add(waiting(Errand.event()));
    }
    await().until(() -> now("waiting", "events") == 100);

    held.close();
    closeAsTheyCome(queue);

    assertThat(shed("events")).isZero();
  }
}
