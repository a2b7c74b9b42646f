package dev.fireside.acceptance.routes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/// As much of Stripe as routes need to answer at all: one customer without subscriptions, and one
/// creator who can be paid.
final class StripeStub implements AutoCloseable {
  private static final Map<String, Object> NONE =
      Map.of("object", "list", "has_more", false, "data", List.of());

  private final HttpServer server;

  StripeStub() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", StripeStub::answer);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    byte[] body = Json.mapper().writeValueAsBytes(object(path, exchange.getRequestMethod()));
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static Map<String, ?> object(String path, String method) {
    return switch (method + " " + path) {
      case "POST /v1/customers" -> Map.of("object", "customer", "id", "cus_1");
      case "POST /v1/checkout/sessions" ->
          Map.of(
              "object", "checkout.session",
              "id", "cs_1",
              "url", "https://checkout.stripe.com/c/cs_1",
              "amount_total", 499,
              "currency", "usd",
              "mode", "payment");
      case "POST /v1/billing_portal/sessions" ->
          Map.of(
              "object", "billing_portal.session",
              "id", "bps_1",
              "url", "https://billing.stripe.com/p/bps_1");
      case "GET /v1/accounts/acct_other" ->
          Map.of(
              "object",
              "account",
              "id",
              "acct_other",
              "payouts_enabled",
              true,
              "capabilities",
              Map.of("transfers", "active"),
              "requirements",
              Map.of(),
              "external_accounts",
              Map.of("data", List.of(Map.of("id", "ba_1", "fingerprint", "bank"))));
      default -> NONE;
    };
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
