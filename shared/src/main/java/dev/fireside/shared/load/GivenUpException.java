package dev.fireside.shared.load;

import dev.fireside.shared.UnavailableException;
import java.time.Duration;

/// Nobody waits for the result any more: the caller has gone, or the deadline has passed.
public final class GivenUpException extends UnavailableException {
  private static final long serialVersionUID = 1L;
  private static final Duration AGAIN = Duration.ofSeconds(2);

  public GivenUpException(String message) {
    super(AGAIN, message);
  }
}
