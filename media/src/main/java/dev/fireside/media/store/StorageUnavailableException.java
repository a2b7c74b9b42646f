package dev.fireside.media.store;

import dev.fireside.shared.UnavailableException;
import org.jspecify.annotations.Nullable;

/// Cloud Storage did not answer, or refused for no fault of the caller's.
public final class StorageUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  StorageUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
