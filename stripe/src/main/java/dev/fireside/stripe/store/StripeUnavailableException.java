package dev.fireside.stripe.store;

import dev.fireside.shared.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Stripe did not answer, or refused for no fault of the caller's.
public final class StripeUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  StripeUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause, RETRY_AFTER);
  }
}
