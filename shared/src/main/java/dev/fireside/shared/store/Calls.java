package dev.fireside.shared.store;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.StatusCode;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Limiter;
import io.grpc.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How Firestore is called: so many calls at once and no more, until the deadline of the current
/// [Errand], and really cancelled when that is given up.
///
/// The client's own futures do not cancel what they wait for. But a gRPC call belongs to the
/// context that it was started in and ends with it, on the server too; hence each call has one. For
/// the same reason calls are tried again here and not by the client, whose second attempts start in
/// threads of its own, outside of any context.
final class Calls {
  /// How long a call may take with all its attempts.
  static final Duration LIMIT = Duration.ofSeconds(15);

  /// How long a transaction may take, waiting for others included.
  static final Duration TRANSACTION_LIMIT = Duration.ofSeconds(25);

  /// A request waits no longer than this for its turn: soon refused, it can come back soon.
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);

  private static final int ATTEMPTS_MAX = 5;
  private static final long PAUSE_MILLIS = 50;
  private static final double PAUSE_FACTOR = 1.6;

  private static final Set<StatusCode.Code> READ_AGAIN =
      Set.of(
          StatusCode.Code.UNAVAILABLE,
          StatusCode.Code.RESOURCE_EXHAUSTED,
          StatusCode.Code.INTERNAL,
          StatusCode.Code.DEADLINE_EXCEEDED);

  /// By these the server says that it has written nothing.
  private static final Set<StatusCode.Code> WRITE_AGAIN =
      Set.of(StatusCode.Code.UNAVAILABLE, StatusCode.Code.RESOURCE_EXHAUSTED);

  private final Limiter calls;
  private final Limiter transactions;
  private final Counter cancelled;

  Calls(int atOnce, MeterRegistry meters) {
    this.calls = new Limiter("firestore", atOnce, WAIT_MAX, meters);
    // Those on a document that many change take their time: only the queue's length is bounded.
    this.transactions = new Limiter("firestore-transactions", atOnce, TRANSACTION_LIMIT, meters);
    this.cancelled = meters.counter("store.calls.cancelled", "store", "firestore");
  }

  /// Reads, again where that may help.
  <T extends @Nullable Object> T read(Supplier<ApiFuture<T>> call) {
    return repeated(READ_AGAIN, call);
  }

  /// Writes, again where nothing can have been written.
  <T extends @Nullable Object> T write(Supplier<ApiFuture<T>> call) {
    return repeated(WRITE_AGAIN, call);
  }

  /// A place among the transactions under way. Their own calls need no further one: a transaction
  /// holds locks, and whoever holds the calls it waited for may be waiting for its locks.
  Limiter.Permit transaction() {
    return transactions.acquire();
  }

  private <T extends @Nullable Object> T repeated(
      Set<StatusCode.Code> again, Supplier<ApiFuture<T>> call) {
    Errand errand = Errand.current().within(LIMIT);
    for (int attempt = 1; ; attempt++) {
      try (Limiter.Permit _ = calls.acquire()) {
        return once(errand, call);
      } catch (StoreException | StoreUnavailableException e) {
        StatusCode.Code code = Answers.codeOf(e);
        if (attempt == ATTEMPTS_MAX
            || errand.isGivenUp()
            || code == null
            || !again.contains(code)) {
          throw e;
        }
      }
      errand.pause(
          Duration.ofMillis((long) (PAUSE_MILLIS * Math.pow(PAUSE_FACTOR, attempt))),
          e -> new StoreUnavailableException("Interrupted before another attempt", e));
    }
  }

  /// Reads once, as part of a transaction.
  <T extends @Nullable Object> T inTransaction(Supplier<ApiFuture<T>> call) {
    return once(Errand.current().within(LIMIT), call);
  }

  private <T extends @Nullable Object> T once(Errand errand, Supplier<ApiFuture<T>> call) {
    Errand.current().check();
    Context.CancellableContext context = Context.current().withCancellation();
    try (Errand.Watch _ = errand.onGivenUp(() -> cancel(context))) {
      return Answers.await(started(context, call), errand.remaining(LIMIT));
    } catch (StoreException | StoreUnavailableException e) {
      if (errand.isGivenUp()) {
        cancel(context);
      }
      Errand.current().check();
      throw e;
    } finally {
      // Ends nothing that has been answered; frees what watches over the call.
      context.cancel(null);
    }
  }

  private void cancel(Context.CancellableContext context) {
    if (context.cancel(new CancellationException("Nobody waits for the answer any more"))) {
      cancelled.increment();
    }
  }

  private static <T extends @Nullable Object> ApiFuture<T> started(
      Context context, Supplier<ApiFuture<T>> call) {
    Context before = context.attach();
    try {
      return call.get();
    } finally {
      context.detach(before);
    }
  }
}
