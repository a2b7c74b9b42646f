package dev.fireside.payments.reviews.store;

import com.stripe.StripeClient;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.Refund;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import dev.fireside.ledger.domain.Money;
import dev.fireside.stripe.store.StripeGateway;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stripe as it gives money back.
public final class StripeRefunds {
  private static final Logger log = LoggerFactory.getLogger(StripeRefunds.class);

  private static final String CASE = "review_case";
  private static final String SUCCEEDED = "succeeded";
  private static final String FAILED = "failed";
  private static final String CANCELED = "canceled";
  private static final long LISTED_MAX = 100;

  private final StripeGateway stripe;

  /// What becomes of asking for money to be given back.
  public sealed interface Answer {
    /// There is a refund.
    ///
    /// @param refund Stripe's id of it
    /// @param settled whether the money went back; it may still be under way
    record Given(String refund, Money amount, boolean settled) implements Answer {}

    /// There is none, or none of ours.
    record Refused(Why why) implements Answer {}
  }

  /// Why there is no refund.
  public enum Why {
    /// All of it was given back before.
    ALREADY,
    /// The customer's bank took it back by a dispute.
    DISPUTED,
    /// Stripe knows no such payment, has less of it, or could not give it back.
    IMPOSSIBLE,
    /// To be asked again.
    LATER
  }

  public StripeRefunds(StripeGateway stripe) {
    this.stripe = stripe;
  }

  /// Whether Stripe can be asked at all.
  public boolean isConfigured() {
    return stripe.isConfigured();
  }

  /// Whether a payment of this id can be given back by a call.
  public static boolean canRefund(String payment) {
    return payment.startsWith("pi_") || payment.startsWith("ch_");
  }

  /// Asks for a payment to be given back; once, however often it is called: Stripe forgets keys
  /// after a day, and may have done what it called a failure, so that it is asked first for what it
  /// gave back for the same reason.
  ///
  /// @param amount how much; null for all that is left
  /// @param why names the reason, for ever
  public Answer refund(String payment, @Nullable Money amount, String why) {
    var params = RefundCreateParams.builder().putMetadata(CASE, why);
    if (payment.startsWith("pi_")) {
      params.setPaymentIntent(payment);
    } else {
      params.setCharge(payment);
    }
    if (amount != null) {
      params.setAmount(amount.toStripe());
    }
    // Names of cases are longer than a key may be.
    String key = "review:" + UUID.nameUUIDFromBytes(why.getBytes(StandardCharsets.UTF_8));
    try {
      return answer(
          stripe.once(
              key,
              (client, options) -> {
                Refund made = made(client, payment, why);
                return made == null ? client.v1().refunds().create(params.build(), options) : made;
              }));
    } catch (StripeException e) {
      Why reason = reason(e);
      if (reason != Why.ALREADY) {
        log.error("Stripe did not give back {} for {}", payment, why, e);
      }
      return new Answer.Refused(reason);
    }
  }

  private static @Nullable Refund made(StripeClient client, String payment, String why)
      throws StripeException {
    var params = RefundListParams.builder().setLimit(LISTED_MAX);
    if (payment.startsWith("pi_")) {
      params.setPaymentIntent(payment);
    } else {
      params.setCharge(payment);
    }
    for (Refund refund : client.v1().refunds().list(params.build()).getData()) {
      if (refund.getMetadata() != null && why.equals(refund.getMetadata().get(CASE))) {
        return refund;
      }
    }
    return null;
  }

  private static Answer answer(Refund refund) {
    String status = String.valueOf(refund.getStatus());
    return status.equals(FAILED) || status.equals(CANCELED)
        ? new Answer.Refused(Why.IMPOSSIBLE)
        : new Answer.Given(
            refund.getId(),
            Money.ofStripe(refund.getAmount(), refund.getCurrency()),
            status.equals(SUCCEEDED));
  }

  private static Why reason(StripeException e) {
    return switch (String.valueOf(e.getCode())) {
      case "charge_already_refunded" -> Why.ALREADY;
      case "charge_disputed", "refund_disputed_payment" -> Why.DISPUTED;
      case "resource_missing" -> Why.IMPOSSIBLE;
      default ->
          e instanceof InvalidRequestException invalid && "amount".equals(invalid.getParam())
              ? Why.IMPOSSIBLE
              : Why.LATER;
    };
  }
}
