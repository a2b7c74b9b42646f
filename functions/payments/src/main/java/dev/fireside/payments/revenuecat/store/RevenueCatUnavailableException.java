package dev.fireside.payments.revenuecat.store;

import dev.fireside.shared.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// RevenueCat did not answer.
public final class RevenueCatUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(60);

  RevenueCatUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause, RETRY_AFTER);
  }
}
