package dev.fireside.shared.store;

import dev.fireside.shared.UnavailableException;

/// Firestore did not answer, or others were always faster: the same call may go through later.
public final class StoreUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  public StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
