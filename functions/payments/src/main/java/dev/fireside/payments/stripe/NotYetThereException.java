package dev.fireside.payments.stripe;

import dev.fireside.shared.UnavailableException;

/// Stripe named an object that it does not return yet: the event has to come again.
final class NotYetThereException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  NotYetThereException(String url) {
    super("Stripe does not return " + url + " yet", null);
  }
}
