package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.payments.reconciliation.Schedules;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.StripeStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Thin events that come before there is a key to read what they are about.
class ThinEventsIT {
  private static final StripeStandIn STRIPE = new StripeStandIn();
  private static final String INVOICE = "/v1/invoices/in_1TestInv0001";

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(settings()).topics(ConnectNotice.TOPIC);

  private final Shop shop = new Shop(fireside);

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.settings(STRIPE, ""));
    settings.remove("STRIPE_API_KEY");
    return settings;
  }

  @BeforeEach
  void open() {
    fireside.resetData();
    STRIPE.reset();
    STRIPE.put(INVOICE, Shop.paidInvoice());
    shop.fillCatalogue();
  }

  @AfterAll
  static void close() {
    STRIPE.close();
  }

  private static ObjectNode object(String fixture, Map<String, ?> changes) {
    return (ObjectNode)
        Shop.json(Shop.stripeEvent(fixture, "evt", changes)).path("data").path("object");
  }

  /// An object of its own.
  private static ObjectNode made(Map<String, ?> fields) {
    return Json.mapper().valueToTree(fields);
  }

  /// Every kind of event about our own account that has an effect, with what it is about.
  private static Map<String, ObjectNode> kinds() {
    var kinds = new LinkedHashMap<String, ObjectNode>();
    ObjectNode session = object("checkout.session.completed", Map.of());
    for (String type :
        List.of("completed", "async_payment_succeeded", "async_payment_failed", "expired")) {
      kinds.put("checkout.session." + type, session);
    }
    ObjectNode subscription = object("customer.subscription.created", Map.of());
    for (String type :
        List.of(
            "created",
            "updated",
            "deleted",
            "paused",
            "resumed",
            "pending_update_applied",
            "trial_will_end")) {
      kinds.put("customer.subscription." + type, subscription);
    }
    for (String type :
        List.of("paid", "payment_failed", "payment_action_required", "finalization_failed")) {
      kinds.put("invoice." + type, Shop.paidInvoice());
    }
    ObjectNode charge = object("charge.refunded.partial", Map.of("paid", true, "captured", true));
    for (String type : List.of("succeeded", "failed", "updated", "captured", "refunded")) {
      kinds.put("charge." + type, charge);
    }
    ObjectNode refund =
        made(
            Map.of(
                "id", "re_1",
                "object", "refund",
                "amount", 100,
                "currency", "usd",
                "status", "succeeded",
                "payment_intent", charge.path("payment_intent").asText()));
    for (String type : List.of("refund.created", "refund.updated", "charge.refund.updated")) {
      kinds.put(type, refund);
    }
    kinds.put("refund.failed", refund.deepCopy().put("id", "re_2").put("status", "failed"));
    ObjectNode dispute = object("charge.dispute.created", Map.of());
    for (String type :
        List.of("created", "updated", "funds_withdrawn", "funds_reinstated", "closed")) {
      kinds.put("charge.dispute." + type, dispute);
    }
    ObjectNode note =
        made(
            Map.of(
                "id", "cn_1",
                "object", "credit_note",
                "status", "issued",
                "currency", "usd",
                "invoice", "in_1TestInv0001",
                "refunds", List.of(Map.of("amount_refunded", 100)),
                "lines",
                    Map.of(
                        "data",
                        List.of(
                            Map.of("id", "cnli_1", "amount", 100, "invoice_line_item", "il_1")))));
    for (String type : List.of("created", "updated", "voided")) {
      kinds.put("credit_note." + type, note);
    }
    kinds.put(
        "radar.early_fraud_warning.created",
        made(
            Map.of(
                "id", "issfr_1",
                "object", "radar.early_fraud_warning",
                "charge", charge.path("id").asText(),
                "fraud_type", "made_with_stolen_card")));
    kinds.put(
        "payment_intent.payment_failed",
        made(
            Map.of("id", "pi_failed", "object", "payment_intent", "amount", 5, "currency", "usd")));
    for (String type :
        List.of("created", "updated", "paid", "failed", "canceled", "reconciliation_completed")) {
      boolean settled = type.equals("paid") || type.equals("failed") || type.equals("canceled");
      kinds.put(
          "payout." + type,
          object(
              "payout.paid",
              Map.of("id", "po_" + type, "automatic", false, "status", settled ? type : "paid")));
    }
    return kinds;
  }

  private static String path(String type, ObjectNode object) {
    String kind =
        switch (type.substring(0, type.lastIndexOf('.'))) {
          case "checkout.session" -> "checkout/sessions";
          case "customer.subscription" -> "subscriptions";
          case "invoice" -> "invoices";
          case "refund", "charge.refund" -> "refunds";
          case "charge.dispute" -> "disputes";
          case "credit_note" -> "credit_notes";
          case "radar.early_fraud_warning" -> "radar/early_fraud_warnings";
          case "payment_intent" -> "payment_intents";
          case "payout" -> "payouts";
          default -> "charges";
        };
    return "/v1/" + kind + "/" + object.path("id").asText();
  }

  private static String thin(String type, ObjectNode object) {
    return """
    {"id": "evt_thin_%s", "object": "v2.core.event", "type": "v1.%s",
     "created": "2026-01-01T00:00:00.000Z", "livemode": true,
     "related_object": {"id": "%s", "type": "x", "url": "%s"}}
    """
        .formatted(type, type, object.path("id").asText(), path(type, object));
  }

  /// The same process once it has the key.
  private static void restarted(Consumer<Platform> then) {
    var cloud = fireside.project().cloud();
    var variables = new HashMap<>(Shop.settings(STRIPE, "sk_test_of_the_tests"));
    variables.put("FIRESIDE_ENV", "local");
    variables.put("GOOGLE_CLOUD_PROJECT", fireside.project().projectId());
    variables.put("REDIS_URL", cloud.redis().uri().toString());
    variables.put("FIRESTORE_EMULATOR_HOST", cloud.firestoreAddress());
    variables.put("PUBSUB_EMULATOR_HOST", cloud.pubsubAddress());
    variables.put("FIREBASE_AUTH_EMULATOR_HOST", cloud.auth().address());
    try (var platform = new Platform(Config.from(variables), fireside.clock())) {
      then.accept(platform);
    }
  }

  private Map<String, Object> state() {
    fireside.settle();
    var state = new TreeMap<>(shop.state(Shop.ALICE));
    // A subscription stands as it is when it is read.
    state.keySet().removeIf(name -> name.startsWith("purchases/"));
    return state;
  }

  private static List<String> waiting() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("deliveries")).stream()
        .map(document -> document.id())
        .toList();
  }

  @Test
  void areNamedWhereStripeIsSetUp() throws IOException {
    String page = Files.readString(Path.of("../../docs/configuration.md"));
    assertThat(kinds().keySet()).allSatisfy(type -> assertThat(page).contains("`" + type + "`"));
  }

  @Test
  void areRefusedWithATimeThatNobodyCanHold() {
    for (String created :
        List.of("+999999999-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "today", "")) {
      String body =
          thin("charge.refunded", object("charge.refunded", Map.of()))
              .replace("2026-01-01T00:00:00.000Z", created);
      assertThat(shop.stripe(body).errorFields()).as(created).containsExactly("created");
    }
  }

  @Test
  void takeEffectOnceWhenTheKeyIsThere() {
    Map<String, ObjectNode> kinds = kinds();
    kinds.forEach((type, object) -> STRIPE.put(path(type, object), object));
    kinds.forEach((type, object) -> {
      for (int i = 0; i < 2; i++) {
        Reply reply = shop.stripe(thin(type, object));
        assertThat(reply.status()).as("%s %s", type, reply.body()).isEqualTo(200);
        assertThat(reply.body().path("outcome").asText()).as(type).isEqualTo("received");
      }
    });
    fireside.fire("payments-reconcile");
    assertThat(waiting()).hasSameSizeAs(kinds.keySet());
    assertThat(shop.journals()).isZero();

    fireside.clock().advance(Duration.ofMinutes(10));
    restarted(platform -> {
      Schedules.reconcile(platform);
      Map<String, Object> once = state();
      assertThat(waiting()).isEmpty();
      assertThat(shop.units(Shop.ALICE, "coin:GEM")).isPositive();
      assertThat(shop.balance("bank:stripe", "USD")).isEqualTo(4 * 1234);
      kinds.forEach((type, object) ->
          assertThat(shop.document("webhooks/stripe:evt_thin_" + type))
              .hasValueSatisfying(row ->
                  assertThat(row.fields().requiredText("outcome"))
                      .as(type)
                      .isIn("posted", "noted")));
      // Again by the schedule, and by Stripe, which sends the same once more.
      Schedules.reconcile(platform);
      kinds.forEach((type, object) ->
          assertThat(shop.stripe(thin(type, object)).body().path("outcome").asText())
              .as(type)
              .isEqualTo("duplicate"));
      Shop.assertSame(state(), once);
    });
    assertThat(shop.proof().faults()).isEmpty();
  }
}
