package dev.fireside.media.store;

import com.google.cloud.storage.StorageException;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Limiter;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How Cloud Storage is called: so many calls at once and no more, until the deadline of the
/// current [Errand], again after a pause where it did not answer, and not at all for a while where
/// it does not answer anybody.
///
/// The client's calls block and cannot be cancelled; but a virtual thread that is interrupted
/// closes the connection it waits on, hence each call has one.
final class StorageCalls implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StorageCalls.class);

  /// How long a call may take with all its attempts, but for transfers of whole objects.
  static final Duration LIMIT = Duration.ofSeconds(20);

  /// A request waits no longer than this for its turn.
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);

  private static final Duration OPEN_FOR = Duration.ofSeconds(5);
  private static final int BREAKER_WINDOW_CALLS = 20;
  private static final int ATTEMPTS_MAX = 4;
  private static final long PAUSE_MILLIS = 100;

  /// Statuses by which a server asks to come again, beside those of 500 and more. 0 is what the
  /// client calls a connection that broke.
  private static final Set<Integer> AGAIN = Set.of(0, 408, 429);

  private static final int SERVER_ERRORS = 500;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Limiter limiter;
  private final CircuitBreaker breaker;

  StorageCalls(int atOnce, MeterRegistry meters) {
    this.limiter = new Limiter("storage", atOnce, WAIT_MAX, meters);
    this.breaker =
        CircuitBreaker.of(
            "storage",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(BREAKER_WINDOW_CALLS)
                .minimumNumberOfCalls(BREAKER_WINDOW_CALLS / 2)
                .failureRateThreshold(50)
                .waitDurationInOpenState(OPEN_FOR)
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(StorageCalls::isOutage)
                .build());
    breaker
        .getEventPublisher()
        .onStateTransition(
            event -> log.warn("Cloud Storage circuit breaker: {}", event.getStateTransition()));
  }

  /// Does what does no harm when it is done twice.
  <T extends @Nullable Object> T call(Callable<T> call) {
    return call(LIMIT, call);
  }

  /// Does what does no harm when it is done twice.
  ///
  /// @param limit how long all attempts may take together
  <T extends @Nullable Object> T call(Duration limit, Callable<T> call) {
    Errand errand = Errand.current().within(limit);
    for (int attempt = 1; ; attempt++) {
      try (Limiter.Permit _ = limiter.acquire()) {
        return breaker.executeCallable(() -> once(errand, limit, call));
      } catch (CallNotPermittedException e) {
        throw new StorageUnavailableException("Cloud Storage is left alone for a moment", e);
      } catch (Exception e) {
        if (!isOutage(e)) {
          throw e instanceof RuntimeException fault ? fault : new IllegalStateException(e);
        }
        Errand.current().check();
        if (attempt == ATTEMPTS_MAX || errand.isGivenUp()) {
          throw new StorageUnavailableException("Cloud Storage did not answer", e);
        }
      }
      errand.pause(
          Duration.ofMillis(PAUSE_MILLIS << attempt),
          e -> new StorageUnavailableException("Interrupted before another attempt", e));
    }
  }

  private static boolean isOutage(Throwable e) {
    return switch (e) {
      case StorageException refusal ->
          AGAIN.contains(refusal.getCode()) || refusal.getCode() >= SERVER_ERRORS;
      case IOException _, TimeoutException _ -> true;
      default -> false;
    };
  }

  private <T extends @Nullable Object> T once(Errand errand, Duration limit, Callable<T> call)
      throws Exception {
    errand.check();
    Future<T> answering = threads.submit(call);
    try (Errand.Watch _ = errand.onGivenUp(() -> answering.cancel(true))) {
      return answering.get(errand.remaining(limit).toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } catch (CancellationException e) {
      Errand.current().check();
      throw e;
    } catch (TimeoutException e) {
      answering.cancel(true);
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answering.cancel(true);
      throw new StorageUnavailableException("Interrupted while Cloud Storage worked", e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
