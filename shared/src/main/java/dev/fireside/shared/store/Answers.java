package dev.fireside.shared.store;

import com.google.api.core.ApiFuture;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.firestore.FirestoreException;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Firestore's answers, and its failures in our words.
final class Answers {
  private static final Set<StatusCode.Code> TEMPORARY =
      Set.of(
          StatusCode.Code.UNAVAILABLE,
          StatusCode.Code.DEADLINE_EXCEEDED,
          StatusCode.Code.ABORTED,
          StatusCode.Code.RESOURCE_EXHAUSTED,
          StatusCode.Code.CANCELLED);

  private Answers() {}

  /// Waits for an answer, up to `limit`. Throws [StoreException], [StoreUnavailableException],
  /// [AlreadyExistsException], or what the caller's own code threw.
  static <T extends @Nullable Object> T await(ApiFuture<T> future, Duration limit) {
    try {
      return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // Not cancelled: of a transaction the client would then leave the locks where they are, and
      // other calls end with their context.
      throw new StoreUnavailableException("Firestore did not answer in " + limit, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("Interrupted while Firestore worked", e);
    } catch (ExecutionException e) {
      throw unwrapped(e);
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      StatusCode.Code code = codeOf(cause);
      if (code == StatusCode.Code.ALREADY_EXISTS) {
        return new AlreadyExistsException(e);
      }
      if (code != null) {
        String message = "Firestore answered " + code;
        return TEMPORARY.contains(code)
            ? new StoreUnavailableException(message, cause)
            : new StoreException(message, cause);
      }
      if (cause instanceof RuntimeException own && !(own instanceof IllegalStateException)) {
        return own;
      }
    }
    return new StoreException("Firestore failed", e);
  }

  /// What Firestore said was wrong; null where it was not Firestore.
  static StatusCode.@Nullable Code codeOf(@Nullable Throwable e) {
    return switch (e) {
      case ApiException api -> api.getStatusCode().getCode();
      case FirestoreException firestore -> code(firestore.getStatus());
      case StoreException refused -> codeOf(refused.getCause());
      case StoreUnavailableException away -> codeOf(away.getCause());
      case null, default -> null;
    };
  }

  private static StatusCode.@Nullable Code code(@Nullable Status status) {
    return status == null ? null : StatusCode.Code.valueOf(status.getCode().name());
  }
}
