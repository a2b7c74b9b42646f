package dev.fireside.payments.checkout;

import dev.fireside.payments.checkout.store.StripeCheckouts.Opening;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.util.List;

/// Refusals that use cases of checkouts share.
final class Refusals {
  private Refusals() {}

  /// What was opened. Throws a 400 problem that names the field which Stripe does not take.
  static <T> T opened(Opening<T> opening) {
    return switch (opening) {
      case Opening.Opened<T>(var what) -> what;
      case Opening.Refused<T>(var field) ->
          throw ProblemException.invalid(
              ProblemType.INVALID_INPUT, List.of(new FieldError(field, "is not taken by Stripe")));
    };
  }
}
