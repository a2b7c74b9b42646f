package dev.fireside.media.store;

import dev.fireside.shared.UnavailableException;
import org.jspecify.annotations.Nullable;

/// A job was not started, or nobody says whether it was.
public final class JobsUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  JobsUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
