package dev.fireside.shared.redis;

import dev.fireside.shared.UnavailableException;

/// Redis does not answer, or the circuit breaker does not let us ask.
///
/// Redis holds only what can be derived again: a caller goes on from Firestore where it can.
public final class RedisUnavailableException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  RedisUnavailableException(Throwable cause) {
    super("Redis is not available", cause);
  }
}
