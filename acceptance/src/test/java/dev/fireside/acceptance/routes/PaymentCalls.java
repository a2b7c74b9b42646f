package dev.fireside.acceptance.routes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Calls of the routes of `payments` and `payouts`. [GameCalls] has made the currency `GEM`.
final class PaymentCalls {
  static final String REVENUECAT_SECRET = "a-secret-of-revenuecat";
  static final String STRIPE_SECRET = "whsec_platform";
  static final String CONNECT_SECRET = "whsec_connect";

  private static final String REVENUECAT = "/api/webhooks/revenuecat";
  private static final String STRIPE = "/api/webhooks/stripe";
  private static final String CONNECT = "/api/webhooks/stripe-connect";

  private final Cast cast;
  private final YearMonth month = YearMonth.now(ZoneOffset.UTC);
  private final String journal;
  private final String account;

  PaymentCalls(Cast cast) {
    this.cast = cast;
    Cast.ok(200, cast.root().put("/api/catalogue/gems", product()));
    Cast.ok(200, deliver(purchase(Cast.OTHER, 4.99)));
    JsonNode written = cast.root().get("/api/ledger/users/other").body().path("items").path(0);
    this.journal = written.path("id").asText();
    this.account = written.path("entries").path(0).path("account").asText();
    // A creator's work is counted elsewhere.
    String earned = "watchtime/" + month.minusMonths(2) + "/creators/" + Cast.OTHER;
    cast.fireside().platform().documents().set(earned, Map.of("seconds", 10L));
    open(2);
    Cast.ok(200, cast.root().post(run(2) + "/close"));
  }

  private static Map<String, Object> product() {
    return Map.of(
        "names",
        List.of("app.gems"),
        "currencies",
        List.of(Map.of("code", "GEM", "amount", 5)),
        "prices",
        List.of(Map.of("currency", "USD", "min", 99, "max", 999)),
        "price",
        Map.of("currency", "USD", "amount", 499));
  }

  private String purchase(String uid, double price) {
    String id = cast.next("buy");
    long now = Instant.now().toEpochMilli();
    var event = new HashMap<String, Object>();
    event.put("id", id);
    event.put("type", "NON_RENEWING_PURCHASE");
    event.put("event_timestamp_ms", now);
    event.put("app_user_id", uid);
    event.put("environment", "PRODUCTION");
    event.put("store", "APP_STORE");
    event.put("product_id", "app.gems");
    event.put("transaction_id", id);
    event.put("original_transaction_id", id);
    event.put("purchased_at_ms", now);
    event.put("price", price);
    event.put("currency", "USD");
    event.put("price_in_purchased_currency", price);
    return text(Map.of("api_version", "1.0", "event", event));
  }

  private String stripeEvent(String type, Map<String, ?> object) {
    return text(
        Map.of(
            "id",
            cast.next("evt_"),
            "object",
            "event",
            "type",
            type,
            "livemode",
            true,
            "account",
            "acct_other",
            "created",
            Instant.now().getEpochSecond(),
            "data",
            Map.of("object", object)));
  }

  private static String text(Map<String, ?> body) {
    return Json.mapper().valueToTree(body).toString();
  }

  private Reply deliver(String body) {
    return send(cast.nobody().caller(), REVENUECAT, REVENUECAT_SECRET, body);
  }

  private static Reply send(Caller provider, String path, String secret, String body) {
    String proof = Signatures.header(secret, Instant.now().getEpochSecond(), body);
    String name = path.equals(REVENUECAT) ? "X-RevenueCat-Webhook-Signature" : "Stripe-Signature";
    return post(provider.header(name, proof), path, body);
  }

  private static Reply post(Caller caller, String path, String body) {
    return caller.raw("POST", path, body.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  /// What a provider delivers to one of the routes that read no token, with its proof.
  Reply signed(String route) {
    String path = route.substring(route.indexOf(' ') + 1);
    String secret =
        switch (path) {
          case REVENUECAT -> REVENUECAT_SECRET;
          case STRIPE -> STRIPE_SECRET;
          case CONNECT -> CONNECT_SECRET;
          default -> throw new AssertionError("No provider is known to call " + path);
        };
    return send(cast.nobody().caller(), path, secret, event(path));
  }

  private String event(String path) {
    return switch (path) {
      case REVENUECAT -> purchase(Cast.OTHER, 4.99);
      case STRIPE ->
          stripeEvent("payment_intent.succeeded", Map.of("id", "pi_1", "object", "payment_intent"));
      default -> stripeEvent("account.updated", Map.of("id", "acct_other", "object", "account"));
    };
  }

  private Map<String, Object> terms(int monthsAgo) {
    return Map.of(
        "period", month.minusMonths(monthsAgo).toString(), "currency", "EUR", "watchPool", 1_000);
  }

  private void open(int monthsAgo) {
    Cast.ok(201, cast.root().post("/api/payouts", terms(monthsAgo)));
  }

  private String run(int monthsAgo) {
    return "/api/payouts/" + month.minusMonths(monthsAgo) + "-EUR";
  }

  /// The path of a new case, about a purchase at a price that nobody asks.
  private String doubt() {
    String uid = cast.next("buyer");
    Cast.ok(200, deliver(purchase(uid, 0.05)));
    for (JsonNode open : cast.root().get("/api/reviews?limit=100").body().path("items")) {
      if (open.path("uid").asText().equals(uid)) {
        return "/api/reviews/" + encoded(open.path("id").asText());
      }
    }
    throw new AssertionError("No case was opened about " + uid);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  Map<String, RouteCall> all() {
    var calls = new HashMap<String, RouteCall>();
    for (String path : List.of(REVENUECAT, STRIPE, CONNECT)) {
      calls.put("POST " + path, who -> post(who.caller(), path, event(path)));
    }
    addPurchases(calls);
    addLedger(calls);
    addPayouts(calls);
    addReviews(calls);
    addFinance(calls);
    addSettlements(calls);
    addSupport(calls);
    return calls;
  }

  private void addPurchases(Map<String, RouteCall> calls) {
    calls.put("GET /api/catalogue/{id}", who -> who.caller().get("/api/catalogue/gems"));
    calls.put("PUT /api/catalogue/{id}", who -> who.caller().put("/api/catalogue/gems", product()));
    calls.put("POST /api/checkout", this::checkout);
    calls.put(
        "POST /api/checkout/portal",
        who -> {
          checkout(who);
          return who.caller()
              .post("/api/checkout/portal", Map.of("returnUrl", "https://example.com/"));
        });
  }

  private Reply checkout(Who who) {
    return who.caller()
        .post(
            "/api/checkout",
            Map.of(
                "product", "gems",
                "successUrl", "https://example.com/ok",
                "cancelUrl", "https://example.com/no"));
  }

  private void addLedger(Map<String, RouteCall> calls) {
    String ledger = "/api/ledger/";
    calls.put("GET /api/ledger/users/{uid}", who -> who.caller().get(ledger + "users/other"));
    calls.put(
        "GET /api/ledger/sales/{id}",
        who -> who.caller().get(ledger + "sales/" + encoded(journal.replace(":grant:0", ""))));
    calls.put(
        "GET /api/payments/users/{uid}/purchases",
        who -> who.caller().get("/api/payments/users/other/purchases"));
    calls.put(
        "GET /api/ledger/journals/{id}",
        who -> who.caller().get(ledger + "journals/" + encoded(journal)));
    calls.put(
        "GET /api/ledger/accounts/{account}",
        who -> who.caller().get(ledger + "accounts/" + encoded(account)));
  }

  private void addPayouts(Map<String, RouteCall> calls) {
    calls.put("POST /api/payouts", who -> who.caller().post("/api/payouts", terms(3)));
    calls.put("GET /api/payouts/{run}", who -> who.caller().get(run(2)));
    calls.put(
        "POST /api/payouts/{run}/close",
        who -> {
          open(4);
          return who.caller().post(run(4) + "/close");
        });
    calls.put(
        "GET /api/payouts/creators/{uid}/statements",
        who -> who.caller().get("/api/payouts/creators/other/statements"));
    calls.put("GET /api/payouts/{run}/statements", who -> who.caller().get(run(2) + "/statements"));
    calls.put(
        "POST /api/payouts/{run}/statements/{uid}/corrections",
        who ->
            who.caller()
                .post(
                    run(2) + "/statements/other/corrections",
                    Map.of("version", 2, "amount", -10, "reason", "a test")));
    calls.put(
        "PUT /api/payouts/accounts/{uid}",
        who -> who.caller().put("/api/payouts/accounts/other", Map.of("account", "acct_other")));
  }

  private void addFinance(Map<String, RouteCall> calls) {
    calls.put(
        "POST /api/payments/waiting/{id}/person",
        who -> {
          Cast.ok(200, deliver(purchase("$RCAnonymousID:" + cast.next("nobody"), 4.99)));
          JsonNode waiting =
              cast.root().get("/api/payments/waiting").body().path("items").path(0).path("id");
          return who.caller()
              .post(
                  "/api/payments/waiting/" + encoded(waiting.asText()) + "/person",
                  Map.of("uid", Cast.OTHER));
        });
  }

  private void addSettlements(Map<String, RouteCall> calls) {
    String settlements = "/api/payments/settlements";
    calls.put("POST " + settlements, who -> who.caller().post(settlements, settled()));
    calls.put(
        "POST " + settlements + "/{id}/reversal",
        who -> {
          Map<String, Object> settled = settled();
          Cast.ok(200, cast.root().post(settlements, settled));
          String id = "amazon:live:" + settled.get("reference");
          return who.caller().post(settlements + "/" + encoded(id) + "/reversal", Map.of());
        });
  }

  private Map<String, Object> settled() {
    return Map.of(
        "store",
        "amazon",
        "period",
        "2026-01",
        "currency",
        "EUR",
        "gross",
        0,
        "commission",
        0,
        "tax",
        0,
        "paid",
        0,
        "paidOn",
        "2026-02-01",
        "reference",
        cast.next("settled"));
  }

  private void addSupport(Map<String, RouteCall> calls) {
    String purchases = "/api/payments/purchases";
    calls.put(
        "GET /api/payments/users/{uid}/missing",
        who -> who.caller().get("/api/payments/users/other/missing"));
    calls.put("GET " + purchases, who -> who.caller().get(purchases + "?uid=other"));
    calls.put(
        "POST " + purchases + "/by-email",
        who -> who.caller().post(purchases + "/by-email", Map.of("email", "a@b.example")));
    calls.put("POST " + purchases + "/{id}/refunds", this::refund);
  }

  private Reply refund(Who who) {
    String payment = cast.next("pi_");
    Map<String, Object> session =
        Map.of(
            "id",
            cast.next("cs_"),
            "payment_intent",
            payment,
            "payment_status",
            "paid",
            "mode",
            "payment",
            "amount_total",
            499,
            "currency",
            "usd",
            "metadata",
            Map.of("uid", cast.next("buyer"), "sku", "gems"));
    Map<String, Object> event =
        Map.of(
            "id", cast.next("evt_"),
            "type", "checkout.session.completed",
            "livemode", true,
            "created", Instant.now().getEpochSecond(),
            "data", Map.of("object", session));
    Cast.ok(200, send(cast.nobody().caller(), STRIPE, STRIPE_SECRET, text(event)));
    return who.caller()
        .header("Idempotency-Key", payment)
        .post(
            "/api/payments/purchases/" + encoded("stripe:live:" + payment) + "/refunds",
            Map.of("reason", "a test", "amount", 1));
  }

  private void addReviews(Map<String, RouteCall> calls) {
    calls.put("GET /api/reviews/{id}", who -> who.caller().get(doubt()));
    calls.put("POST /api/reviews/{id}/claim", who -> who.caller().post(doubt() + "/claim"));
    calls.put(
        "POST /api/reviews/{id}/notes",
        who -> who.caller().post(doubt() + "/notes", Map.of("text", "a test")));
    calls.put(
        "POST /api/reviews/{id}/decision",
        who -> {
          String doubt = doubt();
          who.caller().post(doubt + "/claim");
          return who.caller().post(doubt + "/decision", Map.of("decision", "grant"));
        });
  }
}
