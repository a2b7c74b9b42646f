package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.stripe.ConnectNotice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WebhookProofIT {
  private static final int BODY_MAX = 256 * 1024;

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.SETTINGS).topics(ConnectNotice.TOPIC);

  private final Shop shop = new Shop(fireside);
  private final String body = Shop.event("non_renewing_purchase", Map.of());

  /// Whether a sender proved who they are: then what is refused is kept.
  private boolean proved;

  @BeforeEach
  void open() {
    fireside.resetData();
  }

  @AfterEach
  void nothingIsWrittenButWhatWasRefused() {
    var documents = fireside.platform().documents();
    for (String collection : List.of("purchases", "transactions", "deliveries")) {
      assertThat(documents.list(documents.collection(collection))).isEmpty();
    }
    assertThat(documents.list(documents.collection("webhooks")))
        .allSatisfy(row -> assertThat(row.fields().requiredText("outcome")).isEqualTo("refused"))
        .satisfies(rows -> assertThat(rows.isEmpty()).isEqualTo(!proved));
    assertThat(documents.list(documents.collection("vault")).isEmpty()).isEqualTo(!proved);
  }

  private long now() {
    return fireside.clock().instant().getEpochSecond();
  }

  @Test
  void turnsAwaySignaturesOfAnotherTimeSecretOrBody() {
    assertThat(shop.revenueCat(body, Shop.sign(Shop.SECRET, now() - 310, body)).status())
        .isEqualTo(401);
    assertThat(shop.revenueCat(body, Shop.sign(Shop.SECRET, now() + 310, body)).status())
        .isEqualTo(401);
    assertThat(shop.revenueCat(body, Shop.sign(Shop.SECRET, now() + 315_360_000, body)).status())
        .isEqualTo(401);
    assertThat(shop.revenueCat(body, Shop.sign("wrong", now(), body)).status()).isEqualTo(401);
    assertThat(shop.revenueCat(body, Shop.sign(Shop.SECRET, now(), body + " ")).status())
        .isEqualTo(401);
  }

  @Test
  void turnsAwayEveryFlippedBitOfTheSignature() {
    String signature = Shop.sign(Shop.SECRET, now(), body);
    int start = signature.indexOf("v1=") + 3;
    for (int i = start; i < signature.length(); i += 7) {
      char flipped = signature.charAt(i) == '0' ? '1' : '0';
      String changed = signature.substring(0, i) + flipped + signature.substring(i + 1);
      assertThat(shop.revenueCat(body, changed).status()).isEqualTo(401);
    }
  }

  @Test
  void turnsAwayFlippedBitsOfTheBodyAndOfTheTime() {
    String signature = Shop.sign(Shop.SECRET, now(), body);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length * 8; i += 997) {
      byte[] changed = bytes.clone();
      changed[i / 8] ^= (byte) (1 << (i % 8));
      assertThat(send(signature, changed, "identity").status()).as("bit %s", i).isEqualTo(401);
    }
    for (int i = 2; i < signature.indexOf(','); i++) {
      char flipped = (char) (signature.charAt(i) ^ 1);
      String changed = signature.substring(0, i) + flipped + signature.substring(i + 1);
      assertThat(shop.revenueCat(body, changed).status()).as(changed).isEqualTo(401);
    }
  }

  private Reply send(String signature, byte[] bytes, String encoding) {
    return fireside
        .http()
        .anonymous()
        .header("Authorization", Shop.AUTHORIZATION)
        .header("Content-Encoding", encoding)
        .header("X-RevenueCat-Webhook-Signature", signature)
        .raw("POST", "/api/webhooks/revenuecat", bytes, "application/json");
  }

  @Test
  void turnsAwayMalformedSignatures() {
    String good = Shop.sign(Shop.SECRET, now(), body);
    for (String bad :
        List.of(
            "v1",
            "t",
            "t=abc,v1=00",
            "t=" + now(),
            "v1=" + "0".repeat(64),
            "t,v1=00",
            "=",
            ",",
            good + ",",
            good.replace("v1", "v0"),
            good.replace(",", ", "),
            good + ",t=" + now(),
            "t=99999999999999999999,v1=" + "0".repeat(64),
            good.substring(0, good.indexOf("v1=") + 3)
                + good.substring(good.indexOf("v1=") + 3).toUpperCase(java.util.Locale.ROOT),
            "x".repeat(5_000))) {
      assertThat(shop.revenueCat(body, bad).status()).as(bad).isBetween(400, 431);
    }
  }

  @Test
  void asksForBothProofsWhereBothAreConfigured() {
    String signature = Shop.sign(Shop.SECRET, now(), body);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String path = "/api/webhooks/revenuecat";
    assertThat(
            fireside
                .http()
                .anonymous()
                .header("Authorization", Shop.AUTHORIZATION)
                .raw("POST", path, bytes, "application/json")
                .status())
        .isEqualTo(401);
    assertThat(
            fireside
                .http()
                .anonymous()
                .header("X-RevenueCat-Webhook-Signature", signature)
                .raw("POST", path, bytes, "application/json")
                .status())
        .isEqualTo(401);
    assertThat(fireside.http().anonymous().raw("POST", path, bytes, "application/json").status())
        .isEqualTo(401);
  }

  private final String session = Shop.fixture("stripe/checkout.session.completed");

  /// Where Stripe delivers, with the secret of each endpoint.
  private static final Map<String, String> STRIPE =
      Map.of(
          "/api/webhooks/stripe", Shop.STRIPE_SECRET,
          "/api/webhooks/stripe-connect", Shop.CONNECT_SECRET);

  @Test
  void turnsAwayStripeSignaturesThatAreNotOfNowOrNotOfThisBody() {
    STRIPE.forEach((path, secret) -> {
      String good = Shop.sign(secret, now(), session);
      String v1 = good.substring(good.indexOf(",v1=") + 4);
      for (String bad :
          List.of(
              Shop.sign(secret, now() - 302, session),
              Shop.sign(secret, now() + 302, session),
              Shop.sign(secret, now() + 315_360_000, session),
              Shop.sign(secret, now(), session + "\n"),
              Shop.sign("wrong", now(), session),
              "t=" + (now() - 1) + ",v1=" + v1)) {
        assertThat(shop.stripeSigned(path, bad, session).status()).as(bad).isEqualTo(401);
      }
      for (int i = 0; i < v1.length(); i += 9) {
        char flipped = v1.charAt(i) == '0' ? '1' : '0';
        String changed = v1.substring(0, i) + flipped + v1.substring(i + 1);
        assertThat(shop.stripeSigned(path, "t=" + now() + ",v1=" + changed, session).status())
            .isEqualTo(401);
      }
      String other = secret.equals(Shop.STRIPE_SECRET) ? Shop.CONNECT_SECRET : Shop.STRIPE_SECRET;
      assertThat(shop.stripe(path, other, session).status()).isEqualTo(401);
      assertThat(
              fireside
                  .http()
                  .anonymous()
                  .raw("POST", path, session.getBytes(StandardCharsets.UTF_8), "application/json")
                  .status())
          .isEqualTo(401);
    });
  }

  @Test
  void turnsAwayMalformedStripeSignatures() {
    STRIPE.forEach((path, secret) -> {
      String good = Shop.sign(secret, now(), session);
      for (String bad :
          List.of(
              "v1",
              "t=abc,v1=" + "0".repeat(64),
              "t,v1=" + "0".repeat(64),
              "t=" + now(),
              good.replace("v1", "v0"),
              good + ",",
              good.replace(",", ", "),
              good.toUpperCase(java.util.Locale.ROOT),
              "t=1e9,v1=" + "0".repeat(64),
              "x".repeat(5_000))) {
        assertThat(shop.stripeSigned(path, bad, session).status()).as(bad).isBetween(400, 431);
      }
    });
  }

  @Test
  void turnsAwayStripeBodiesThatAreNoEvents() {
    proved = true;
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            "{",
            "null",
            "\"evt\"",
            "{\"id\":\"evt_1\",\"id\":\"evt_2\",\"type\":\"invoice.paid\"}",
            "{\"id\":\"evt_1\",\"type\":\"invoice.paid\",\"n\":1e99999999999}",
            "{\"id\":\"evt/1\",\"type\":\"invoice.paid\"}",
            "{\"id\":\"evt_1\",\"type\":\"checkout.session.completed\",\"data\":[]}",
            "{\"id\":\"evt_1\",\"type\":\"charge.refunded\",\"livemode\":true}",
            "[".repeat(5_000) + "]".repeat(5_000),
            "{\"data\":" + "{\"a\":".repeat(200) + "1" + "}".repeat(201),
            Shop.stripeEvent("checkout.session.completed", "evt_1", Map.of("id", "cs/1")),
            Shop.stripeEvent(
                "checkout.session.completed", "evt_1", Map.of("payment_intent", "p/1")),
            Shop.stripeEvent("checkout.session.completed", "evt_1", Map.of("currency", "qqq")),
            Shop.stripeEvent("checkout.session.completed", "evt_1", Map.of("amount_total", 4.99)),
            Shop.stripeEvent("checkout.session.completed", "evt_1", Map.of("amount_total", "499")),
            session.replaceFirst("\"created\": [0-9]+", "\"created\": -5"),
            session.replaceFirst("\"created\": [0-9]+", "\"created\": 1e30"))) {
      Reply reply = shop.stripe(bad);
      assertThat(reply.status()).as("%.120s %s", bad, reply.body()).isEqualTo(400);
    }
  }

  @Test
  void turnsAwayBodiesThatAreNoEvents() {
    proved = true;
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            "null",
            "{",
            "{\"event\":[]}",
            "{\"event\":{\"id\":\"a\"}}",
            "{\"event\":{\"id\":\"a\",\"id\":\"b\",\"type\":\"TEST\"}}",
            "{\"event\":{\"id\":\"a\",\"type\":\"TEST\",\"price\":1e99999999999}}",
            "{\"event\":{\"id\":\"a/b\",\"type\":\"TEST\"}}",
            "{\"event\":{\"id\":\"..\",\"type\":\"TEST\"}}",
            "{\"event\":{\"id\":7,\"type\":\"TEST\"}}",
            "[".repeat(5_000) + "]".repeat(5_000),
            "{\"event\":" + "{\"a\":".repeat(100) + "1" + "}".repeat(101),
            Shop.event("non_renewing_purchase", Map.of("transaction_id", "a/b")),
            Shop.event("non_renewing_purchase", Map.of("store", "App-Store!")),
            Shop.event("non_renewing_purchase", Map.of("product_id", "../x")),
            Shop.event("transfer", Map.of("transferred_from", List.of("a/b"))),
            Shop.event("transfer", Map.of("transferred_to", List.of())),
            Shop.event("non_renewing_purchase", Map.of("environment", "OTHER")),
            Shop.event("non_renewing_purchase", Map.of("currency", "QQQ")),
            Shop.event("non_renewing_purchase", Map.of("event_timestamp_ms", -1)),
            Shop.event("non_renewing_purchase", Map.of("event_timestamp_ms", "soon")),
            body.replaceFirst("32\\.99", "1e999999999"),
            body.replaceFirst("32\\.99", "99999999999999999999999"))) {
      Reply reply = shop.revenueCat(bad);
      assertThat(reply.status()).as("%.80s %s", bad, reply.body()).isEqualTo(400);
    }
  }

  @Test
  void turnsAwayWhatIsTooLargeBeforeItLooksAtIt() {
    String large = " ".repeat(BODY_MAX + 1 - body.length()) + body;
    assertThat(shop.revenueCat(large).status()).isEqualTo(413);
    assertThat(shop.revenueCat(large, "nonsense").status()).isEqualTo(413);
    assertThat(shop.stripe(" ".repeat(BODY_MAX + 1 - session.length()) + session).status())
        .isEqualTo(413);
  }

  @Test
  void doesNotUnpackBodies() throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(new byte[20_000_000]);
    }
    byte[] bytes = packed.toByteArray();
    assertThat(send(Shop.sign(Shop.SECRET, now(), "whatever"), bytes, "gzip").status())
        .isBetween(400, 415);
    // Nor where it is signed as it came.
    proved = true;
    assertThat(send(Shop.sign(Shop.SECRET, now(), bytes), bytes, "gzip").status()).isEqualTo(415);
  }
}
