package dev.fireside.payments.vault.store;

import dev.fireside.shared.UnavailableException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Cloud KMS did not answer: keys cannot be read.
public final class KmsUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

  KmsUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause, RETRY_AFTER);
  }
}
