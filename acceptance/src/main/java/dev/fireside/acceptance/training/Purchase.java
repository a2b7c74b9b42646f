package dev.fireside.acceptance.training;

import dev.fireside.emulator.LocalProject;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Somebody buys gems, from the store's webhook to their receipt.
final class Purchase {
  static final String SECRET_VARIABLE = "REVENUECAT_WEBHOOK_SECRET";
  static final String SECRET = "training";

  private static final Duration SETTLED = Duration.ofSeconds(30);
  private static final String BUYER = "buyer";
  private static final String GEMS = "{\"title\":\"Gems\"}";
  private static final String PRODUCT =
      "{\"names\":[\"app.gems\"],\"currencies\":[{\"code\":\"GEM\",\"amount\":500}]}";
  private static final String EVENT =
      """
      {"api_version":"1.0","event":{"id":"e1","type":"NON_RENEWING_PURCHASE","event_timestamp_ms":1767398400000,\
      "app_user_id":"buyer","environment":"PRODUCTION","store":"APP_STORE","product_id":"app.gems",\
      "transaction_id":"t1","original_transaction_id":"t1","purchased_at_ms":1767398400000,\
      "price":4.99,"currency":"USD","price_in_purchased_currency":4.99}}\
      """;

  private final LocalProject project;
  private final PrintStream out;
  private final HttpClient http;

  private Purchase(LocalProject project, PrintStream out, HttpClient http) {
    this.project = project;
    this.out = out;
    this.http = http;
  }

  /// Reports whether every call was answered with 200.
  static boolean make(LocalProject project, PrintStream out)
      throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Purchase(project, out, http).make();
    }
  }

  private boolean make() throws IOException, InterruptedException {
    String admin = project.token("root-admin", Map.of("roles", List.of("admin")));
    String buyer = project.token(BUYER, Map.of());
    boolean made =
        send("PUT", "/api/inventory/currencies/GEM", Map.of("Authorization", admin), GEMS)
            && send("PUT", "/api/catalogue/gems", Map.of("Authorization", admin), PRODUCT)
            && send(
                "POST",
                "/api/webhooks/revenuecat",
                Map.of("X-RevenueCat-Webhook-Signature", signature(Instant.now())),
                EVENT);
    project.settle(SETTLED);
    for (String path :
        List.of("/api/purchases", "/api/entitlements", "/api/ledger/statement", "/api/inventory")) {
      made &= send("GET", path, Map.of("Authorization", buyer), "");
    }
    return made;
  }

  private boolean send(String method, String path, Map<String, String> headers, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(project.baseUrl() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body));
    headers.forEach((name, value) ->
        request.header(name, name.equals("Authorization") ? "Bearer " + value : value));
    var answer = http.send(request.build(), BodyHandlers.ofString());
    out.println("  " + answer.statusCode() + "  " + method + " " + path);
    return answer.statusCode() == 200;
  }

  private static String signature(Instant now) {
    String signed = now.getEpochSecond() + "." + EVENT;
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return "t="
          + now.getEpochSecond()
          + ",v1="
          + HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
