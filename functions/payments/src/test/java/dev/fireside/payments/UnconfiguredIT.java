package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UnconfiguredIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  @Test
  void letsNothingInWithoutASecret() {
    var shop = new Shop(fireside);
    String body = Shop.event("non_renewing_purchase", Map.of());
    assertThat(shop.revenueCat(body).status()).isEqualTo(503);
    assertThat(
            shop.revenueCat(body, Shop.sign("x", fireside.clock().instant().getEpochSecond(), body))
                .status())
        .isEqualTo(503);
    for (String path : List.of("/api/webhooks/stripe", "/api/webhooks/stripe-connect")) {
      for (String secret : List.of("x", Shop.STRIPE_SECRET)) {
        assertThat(shop.stripe(path, secret, Shop.fixture("stripe/invoice.paid")).status())
            .isEqualTo(503);
      }
    }
    var documents = fireside.platform().documents();
    assertThat(documents.list(documents.collection("webhooks"))).isEmpty();
  }
}
