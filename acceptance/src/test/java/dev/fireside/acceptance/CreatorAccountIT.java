package dev.fireside.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import dev.fireside.stripe.StripeStandIn;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// From the webhook, which cannot pay anybody, to those who pay.
class CreatorAccountIT {
  private static final String SECRET = "whsec_connect";
  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(
              Map.of(
                  "STRIPE_CONNECT_WEBHOOK_SECRET",
                  SECRET,
                  "STRIPE_PAYOUTS_API_KEY",
                  "sk_test_payouts",
                  "STRIPE_API_BASE",
                  STRIPE.base()));

  @AfterAll
  static void end() {
    STRIPE.close();
  }

  @Test
  void noTransferGoesToABankThatWasChangedLately() throws Exception {
    STRIPE.put("/v1/accounts/acct_ann", StripeStandIn.account("acct_ann", Map.of()));
    assertThat(link().path("open").asBoolean()).isTrue();
    String event =
        """
        {"id": "evt_1", "object": "event", "type": "account.external_account.updated",
         "livemode": true, "account": "acct_ann", "created": %d,
         "data": {"object": {"id": "ba_1", "object": "bank_account", "account": "acct_ann"}}}
        """
            .formatted(fireside.clock().instant().getEpochSecond());
    assertThat(deliver(event).status()).isEqualTo(200);
    fireside.settle();
    assertThat(link().path("open").asBoolean()).isFalse();
    assertThat(link().path("detail").asText()).contains("bank account changed");
  }

  private static JsonNode link() {
    Reply reply =
        fireside
            .http()
            .as("boss", Role.ADMIN)
            .put("/api/payouts/accounts/ann", Map.of("account", "acct_ann"));
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    return reply.body();
  }

  private static Reply deliver(String body) throws Exception {
    String time = Long.toString(fireside.clock().instant().getEpochSecond());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    mac.update((time + ".").getBytes(StandardCharsets.UTF_8));
    String signature = "t=" + time + ",v1=" + HexFormat.of().formatHex(mac.doFinal(bytes));
    return fireside
        .http()
        .anonymous()
        .header("Stripe-Signature", signature)
        .raw("POST", "/api/webhooks/stripe-connect", bytes, "application/json");
  }
}
