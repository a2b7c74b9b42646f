package dev.fireside.payments.stripe;

import dev.fireside.stripe.Payload;
import java.util.Optional;

/// Reads objects as they are at Stripe now.
interface StripeReader {
  /// An object by its path; empty where Stripe cannot be asked, or knows none. Throws a 503 problem
  /// when it does not answer.
  Optional<Payload> read(String path);
}
