package dev.fireside.payments.reviews.store;

import com.stripe.exception.StripeException;
import com.stripe.param.RefundCreateParams;
import dev.fireside.stripe.store.StripeGateway;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stripe as it gives money back.
public final class StripeRefunds {
  private static final Logger log = LoggerFactory.getLogger(StripeRefunds.class);

  private final StripeGateway stripe;

  /// What becomes of asking for money to be given back.
  public enum Answer {
    /// It is, or was, given back.
    GIVEN,
    /// It cannot be: the customer's bank took it back by a dispute.
    DISPUTED,
    /// Stripe knows no such payment.
    UNKNOWN,
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

  /// Asks for all of a payment to be given back; once, however often it is called.
  ///
  /// @param why names the reason, for ever
  public Answer refund(String payment, String why) {
    var params = RefundCreateParams.builder().putMetadata("review_case", why);
    if (payment.startsWith("pi_")) {
      params.setPaymentIntent(payment);
    } else {
      params.setCharge(payment);
    }
    // Names of cases are longer than a key may be.
    String key = "review:" + UUID.nameUUIDFromBytes(why.getBytes(StandardCharsets.UTF_8));
    try {
      // A second refund of all of it does no harm: Stripe refuses that.
      stripe.once(key, (client, options) -> client.v1().refunds().create(params.build(), options));
      return Answer.GIVEN;
    } catch (StripeException e) {
      Answer answer =
          switch (String.valueOf(e.getCode())) {
            case "charge_already_refunded" -> Answer.GIVEN;
            case "charge_disputed", "refund_disputed_payment" -> Answer.DISPUTED;
            case "resource_missing" -> Answer.UNKNOWN;
            default -> Answer.LATER;
          };
      if (answer != Answer.GIVEN) {
        log.error("Stripe did not give back {} for {}", payment, why, e);
      }
      return answer;
    }
  }
}
