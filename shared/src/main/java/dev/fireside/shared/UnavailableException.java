package dev.fireside.shared;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A service that we need does not answer at the moment; the same call may go through later.
///
/// The parent of all such failures, whichever service it is: a request that meets one is answered
/// 503 with `Retry-After`, an event comes again.
public abstract class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// When it is worth trying again, unless a service says otherwise.
  private static final Duration SOON = Duration.ofSeconds(1);

  private final Duration retryAfter;

  /// @param message what does not answer, for the log
  protected UnavailableException(String message, @Nullable Throwable cause) {
    this(message, cause, SOON);
  }

  /// @param retryAfter when it is worth trying again, at least a second
  protected UnavailableException(String message, @Nullable Throwable cause, Duration retryAfter) {
    super(message, cause);
    this.retryAfter = retryAfter;
  }

  /// A failure that is part of the plan, thrown by the thousand when it is thrown at all: without a
  /// stack trace.
  protected UnavailableException(Duration retryAfter, String message) {
    super(message, null, false, false);
    this.retryAfter = retryAfter;
  }

  /// When it is worth trying again.
  public final Duration retryAfter() {
    return retryAfter;
  }
}
