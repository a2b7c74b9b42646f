package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.CatalogueStatus;
import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.Currency;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.Item;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.domain.Outcome;
import dev.fireside.economy.domain.Step;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.economy.store.Holdings;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.stripe.StripeStandIn;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What tests of payments have in common: the catalogue, providers that send, and the books.
public final class Shop {
  public static final String ALICE = "uid_alice_7Qm2";
  static final String BOB = "uid_bob_9Xk4";
  static final String AUTHORIZATION = "Bearer rc-authorization-of-the-tests";
  static final String SECRET = "rcwhsec_of_the_tests_0123456789abcdef";

  static final String STRIPE_SECRET_BEFORE = "whsec_of_the_tests_before_9876543210";
  static final String STRIPE_SECRET = "whsec_of_the_tests_0123456789abcdef";
  static final String CONNECT_SECRET = "whsec_of_the_connect_tests_0123456789";

  static final Map<String, String> SETTINGS =
      Map.of(
          "REVENUECAT_WEBHOOK_AUTHORIZATION",
          "Bearer the-one-before," + AUTHORIZATION,
          "REVENUECAT_WEBHOOK_SECRET",
          "another_secret_during_rotation," + SECRET,
          "STRIPE_WEBHOOK_SECRET",
          STRIPE_SECRET_BEFORE + "," + STRIPE_SECRET,
          "STRIPE_CONNECT_WEBHOOK_SECRET",
          CONNECT_SECRET);

  private final FiresideExtension fireside;

  Shop(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  /// The settings of a shop that asks Stripe too.
  ///
  /// @param keys of Stripe's interface, between commas
  static Map<String, String> settings(StripeStandIn stripe, String keys) {
    var settings = new HashMap<>(SETTINGS);
    settings.put("STRIPE_API_KEY", keys);
    settings.put("STRIPE_API_BASE", stripe.base());
    return settings;
  }

  /// Empties everything but the key of hashes, which whoever hashes keeps in memory.
  public static void resetData(FiresideExtension fireside) {
    Documents documents = fireside.platform().documents();
    Optional<Document> index = documents.get("vault/:index");
    fireside.resetData();
    index.ifPresent(key -> documents.set(key.path(), key.fields().values()));
  }

  void fillCatalogue() {
    var assets = new Catalogue(fireside.platform());
    assets.put(
        new Currency(
            new CurrencyCode("GEM"), "Gems", Asset.AMOUNT_MAX, false, CatalogueStatus.ACTIVE));
    for (String item : new String[] {"chest", "cape"}) {
      assets.put(
          new Item(
              new ItemId(item),
              item,
              "thing",
              Asset.AMOUNT_MAX,
              false,
              null,
              false,
              false,
              CatalogueStatus.ACTIVE));
    }
    put(
        "pro",
        """
        {"names": ["com.example.pro.monthly", "com.example.pro.yearly"],
         "entitlements": ["pro"], "currencies": [{"code": "GEM", "amount": 100}],
         "prices": [{"currency": "EUR", "min": 499, "max": 1999}], "subscription": true}
        """);
    put(
        "gems_2100",
        """
        {"names": ["com.example.gems.2100"], "currencies": [{"code": "GEM", "amount": 2100}],
         "items": [{"id": "chest", "quantity": 3}]}
        """);
    put(
        "pro_monthly",
        """
        {"names": [], "entitlements": ["pro"], "currencies": [{"code": "GEM", "amount": 10}],
         "stripePrice": "price_TestProMonthly", "subscription": true}
        """);
    put(
        "gems_500",
        """
        {"names": [], "currencies": [{"code": "GEM", "amount": 500}],
         "price": {"currency": "USD", "amount": 499}}
        """);
    fireside.settle();
  }

  void put(String product, String body) {
    Reply reply =
        fireside
            .http()
            .as("boss", Role.ADMIN)
            .put("/api/catalogue/" + product, Json.mapper().convertValue(json(body), Map.class));
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
  }

  static JsonNode json(String text) {
    try {
      return Json.mapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String fixture(String name) {
    try (InputStream in = Shop.class.getResourceAsStream("/" + name + ".json")) {
      if (in == null) {
        throw new IllegalArgumentException(name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The invoice of the fixtures as Stripe knows it, with its payment.
  static ObjectNode paidInvoice() {
    ObjectNode invoice =
        (ObjectNode) json(fixture("stripe/invoice.paid")).path("data").path("object");
    invoice
        .putObject("payments")
        .putArray("data")
        .addObject()
        .putObject("payment")
        .put("payment_intent", "pi_invoice");
    return invoice;
  }

  /// A RevenueCat fixture with fields of its event replaced.
  public static String event(String name, Map<String, ?> changes) {
    ObjectNode body = (ObjectNode) json(fixture("revenuecat/" + name));
    ObjectNode event = (ObjectNode) body.get("event");
    changes.forEach((field, value) -> event.set(field, Json.mapper().valueToTree(value)));
    return body.toString();
  }

  /// Sends what RevenueCat would.
  Reply revenueCat(String body) {
    return revenueCat(body, sign(SECRET, fireside.clock().instant().getEpochSecond(), body));
  }

  Reply revenueCat(String body, String signature) {
    return fireside
        .http()
        .anonymous()
        .header("Authorization", AUTHORIZATION)
        .header("X-RevenueCat-Webhook-Signature", signature)
        .raw(
            "POST",
            "/api/webhooks/revenuecat",
            body.getBytes(StandardCharsets.UTF_8),
            "application/json");
  }

  void deliver(String name) {
    deliver(name, Map.of());
  }

  void deliver(String name, Map<String, ?> changes) {
    Reply reply = revenueCat(event(name, changes));
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
  }

  /// A Stripe fixture with another event id and fields of its object replaced.
  public static String stripeEvent(String name, String id, Map<String, ?> changes) {
    ObjectNode body = (ObjectNode) json(fixture("stripe/" + name));
    body.put("id", id);
    ObjectNode object = (ObjectNode) body.path("data").path("object");
    changes.forEach((field, value) -> object.set(field, Json.mapper().valueToTree(value)));
    return body.toString();
  }

  /// A charge that was made or failed, a second after the one of the number before.
  static String charge(String type, int number, String uid) {
    ObjectNode event =
        (ObjectNode)
            json(
                stripeEvent(
                    "charge.refunded",
                    "evt_" + type + number,
                    Map.of(
                        "id", "ch_" + number,
                        "payment_intent", "pi_" + number,
                        "metadata", Map.of("uid", uid))));
    event.put("type", type);
    event.put("created", 1_767_225_605L + number);
    return Json.mapper().convertValue(event, JsonNode.class).toString();
  }

  /// Sends what Stripe would.
  Reply stripe(String path, String secret, String body) {
    return stripeSigned(
        path, sign(secret, fireside.clock().instant().getEpochSecond(), body), body);
  }

  Reply stripeSigned(String path, String signature, String body) {
    return fireside
        .http()
        .anonymous()
        .header("Stripe-Signature", signature)
        .raw("POST", path, body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  Reply stripe(String body) {
    return stripe("/api/webhooks/stripe", STRIPE_SECRET, body);
  }

  void deliverStripe(String name) {
    deliverStripe(fixture("stripe/" + name), 200);
  }

  void deliverStripe(String body, int status) {
    Reply reply = stripe(body);
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(status);
  }

  static String sign(String secret, long seconds, String body) {
    return sign(secret, seconds, body.getBytes(StandardCharsets.UTF_8));
  }

  static String sign(String secret, long seconds, byte[] body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      mac.update((seconds + ".").getBytes(StandardCharsets.UTF_8));
      return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  Optional<Document> document(String path) {
    return fireside.platform().documents().get(path);
  }

  /// What a person has of an item, or of a currency as `coin:CODE`.
  long units(String uid, String asset) {
    return asset.startsWith("coin:")
        ? document("users/" + uid + "/inventory/_head")
            .map(head -> head.fields().map("currencies").number(asset.substring(5)))
            .orElse(0L)
        : document("users/" + uid + "/inventory/" + asset)
            .map(item -> item.fields().number("count"))
            .orElse(0L);
  }

  void spend(String uid, String currency, long amount) {
    var operation = new OperationId("spend:" + fireside.platform().ids().next());
    var change =
        Change.of(operation, "spend", "").and(new Step.Take(new CurrencyCode(currency), amount));
    assertThat(new Holdings(fireside.platform()).run(new Uid(uid), change))
        .isInstanceOf(Outcome.Done.class);
  }

  /// What a person owes.
  long debt(String uid, String asset) {
    return -balance("user_debt:" + uid, asset);
  }

  long balance(String account, String asset) {
    return new LedgerStore(fireside.platform().documents())
        .balances(dev.fireside.ledger.domain.Book.LIVE, account)
        .getOrDefault(asset, 0L);
  }

  /// The end of a person's access in milliseconds; 0 for none.
  long accessUntil(String uid, String entitlement) {
    JsonNode items = fireside.http().as(uid).get("/api/entitlements").body().path("items");
    for (JsonNode item : items) {
      if (item.path("id").asText().equals(entitlement)) {
        return item.has("expiresAt")
            ? java.time.Instant.parse(item.path("expiresAt").asText()).toEpochMilli()
            : Long.MAX_VALUE;
      }
    }
    return 0;
  }

  long journals() {
    return proof().journals();
  }

  LedgerProof proof() {
    return new LedgerStore(fireside.platform().documents()).prove();
  }

  /// Everything payments wrote, but times of writing and what depends on the order of arrival.
  Map<String, Object> state(String... people) {
    var state = new java.util.TreeMap<String, Object>();
    var documents = fireside.platform().documents();
    for (String collection : new String[] {"accounts", "transactions", "purchases"}) {
      for (Document document : documents.list(documents.collection(collection))) {
        var fields = new java.util.TreeMap<>(document.fields().values());
        fields
            .keySet()
            .removeAll(
                java.util.Set.of("updatedAt", "recordedAt", "head", "entries", "occurredAt"));
        state.put(document.path(), fields);
      }
    }
    for (String uid : people) {
      for (String collection : new String[] {"inventory", "purchases"}) {
        String path = "users/" + uid + "/" + collection;
        for (Document document : documents.list(documents.collection(path))) {
          var fields = new java.util.TreeMap<>(document.fields().values());
          fields.keySet().removeAll(java.util.Set.of("updatedAt", "revision"));
          state.put(document.path(), fields);
        }
      }
      state.put(
          "entitlements/" + uid,
          documents
              .get("entitlements/" + uid)
              .map(found -> found.fields().map("grantors").values())
              .orElse(Map.of()));
    }
    return state;
  }

  /// Asserts that two states are one, naming what is not.
  public static void assertSame(Map<String, Object> actual, Map<String, Object> expected) {
    var other = new java.util.TreeMap<String, String>();
    var names = new java.util.TreeSet<>(expected.keySet());
    names.addAll(actual.keySet());
    for (String name : names) {
      Object one = expected.get(name);
      Object two = actual.get(name);
      if (!java.util.Objects.equals(one, two)) {
        other.put(name, two + " instead of " + one);
      }
    }
    assertThat(other).isEmpty();
  }
}
