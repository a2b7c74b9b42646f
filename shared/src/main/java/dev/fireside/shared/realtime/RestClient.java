package dev.fireside.shared.realtime;

import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Limiter;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Calls of the REST interface: so many at once and no more, until the deadline of the current
/// [Errand], again after a pause where that is harmless, and none for a while where a database does
/// not answer.
final class RestClient implements AutoCloseable {
  /// How long a call may take with all its attempts.
  private static final Duration LIMIT = Duration.ofSeconds(15);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final int ATTEMPTS_MAX = 3;
  private static final long PAUSE_MILLIS = 100;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int UNAVAILABLE = 503;

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final Limiter limiter;

  RestClient(Limiter limiter) {
    this.limiter = limiter;
  }

  /// A request, made anew for each attempt.
  interface Call {
    HttpRequest.Builder request() throws IOException;
  }

  /// A call that was answered with 5xx: for the breaker, and to be tried again.
  private static final class OutageException extends Exception {
    private static final long serialVersionUID = 1L;
    final boolean attempted;

    OutageException(String message, @Nullable Throwable cause, boolean attempted) {
      super(message, cause);
      this.attempted = attempted;
    }
  }

  /// Whether a failure says that a database is away, and not that a call was wrong.
  static boolean isOutage(Throwable e) {
    return e instanceof OutageException;
  }

  /// Calls until there is an answer, which may be a refusal (4xx).
  ///
  /// @param harmless whether it does no harm to do twice what is asked for
  /// @param timeout how long one attempt may take
  HttpResponse<String> call(CircuitBreaker breaker, Call call, boolean harmless, Duration timeout) {
    Errand errand = Errand.current().within(LIMIT);
    for (int attempt = 1; ; attempt++) {
      try (Limiter.Permit _ = limiter.acquire()) {
        return breaker.executeCallable(() -> once(errand, call, timeout));
      } catch (OutageException e) {
        Errand.current().check();
        if (attempt == ATTEMPTS_MAX || errand.isGivenUp() || (e.attempted && !harmless)) {
          throw new RealtimeException(String.valueOf(e.getMessage()), e.getCause());
        }
      } catch (CallNotPermittedException e) {
        throw new RealtimeException("The Realtime Database is left alone for a moment", e);
      } catch (RuntimeException e) {
        throw e;
      } catch (Exception e) {
        throw new RealtimeException("The Realtime Database could not be called", e);
      }
      errand.pause(
          Duration.ofMillis(PAUSE_MILLIS << attempt),
          e -> new RealtimeException("Interrupted before another attempt", e));
    }
  }

  private HttpResponse<String> once(Errand errand, Call call, Duration timeout)
      throws OutageException {
    errand.check();
    CompletableFuture<HttpResponse<String>> answering;
    try {
      answering =
          http.sendAsync(
              call.request().timeout(errand.remaining(timeout)).build(),
              HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new OutageException("There is no token for the Realtime Database", e, false);
    }
    try (Errand.Watch _ = errand.onGivenUp(() -> answering.cancel(true))) {
      HttpResponse<String> answer =
          answering.get(errand.remaining(timeout).toNanos(), TimeUnit.NANOSECONDS);
      if (answer.statusCode() / 100 == 5 || answer.statusCode() == TOO_MANY_REQUESTS) {
        // By these two it says that it has not tried.
        boolean attempted =
            answer.statusCode() != UNAVAILABLE && answer.statusCode() != TOO_MANY_REQUESTS;
        throw new OutageException(RealtimeException.refusal(answer), null, attempted);
      }
      return answer;
    } catch (ExecutionException e) {
      throw new OutageException(
          "The Realtime Database did not answer",
          e.getCause(),
          !(e.getCause() instanceof ConnectException));
    } catch (TimeoutException | CancellationException e) {
      answering.cancel(true);
      Errand.current().check();
      throw new OutageException("The Realtime Database did not answer in time", e, true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answering.cancel(true);
      throw new RealtimeException("Interrupted while the Realtime Database worked", e);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
    http.close();
  }
}
