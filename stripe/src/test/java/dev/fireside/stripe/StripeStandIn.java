package dev.fireside.stripe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Stripe, as far as payments ask it: keeps what it made, answers a repeated idempotency key as it
/// did the first time, also where that was a failure, and forgets keys when asked to.
public final class StripeStandIn implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
  private final Map<String, Saved> keys = new ConcurrentHashMap<>();
  private final AtomicInteger failures = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final AtomicInteger lostPosts = new AtomicInteger();
  private final AtomicInteger droppedPosts = new AtomicInteger();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger failedPosts = new AtomicInteger();
  private final AtomicInteger failuresAfter = new AtomicInteger();
  private final AtomicInteger limitedPosts = new AtomicInteger();
  private final AtomicInteger refusedPosts = new AtomicInteger();
  private final AtomicInteger pendingRefunds = new AtomicInteger();
  private final Set<String> revoked = ConcurrentHashMap.newKeySet();
  private final Set<String> broken = ConcurrentHashMap.newKeySet();
  private final List<String> calls = new ArrayList<>();
  private final List<ObjectNode> events = new ArrayList<>();
  private final Map<String, Long> funds = new ConcurrentHashMap<>();

  /// What a refund without an amount gives back.
  private static final String PRICE = "499";

  private static final String NO_TRANSFERS = "transfers_not_allowed";

  private volatile long more;
  private volatile String refusal = NO_TRANSFERS;

  private record Saved(String request, int status, String body) {
    Saved with(@Nullable ObjectNode object) {
      return object == null
          ? new Saved(request, 404, error("invalid_request_error", "resource_missing"))
          : new Saved(request, status, object.toString());
    }
  }

  public StripeStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  public String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /// The next calls fail with 500, and stay failed for their keys.
  public void failNext(int count) {
    failures.set(count);
  }

  /// The next calls that make something are done, but answered with 500, and stay so for their
  /// keys.
  public void failNextAfterMaking(int count) {
    failuresAfter.set(count);
  }

  /// What can be transferred, in minor units; without limit where it is never said.
  public void setFunds(String currency, long minor) {
    funds.put(currency, minor);
  }

  /// Events that can be listed, whether a webhook tells them or not.
  public synchronized void emit(ObjectNode event) {
    events.add(event);
  }

  /// The next calls that would make something never arrive.
  public void dropNextPosts(int count) {
    droppedPosts.set(count);
  }

  /// The next calls that make something are done, but their answers are lost.
  public void loseNextPosts(int count) {
    lostPosts.set(count);
  }

  /// The next calls are done, but their answers are lost.
  public void loseNextAnswers(int count) {
    lost.set(count);
  }

  /// The next calls that would make something fail with 500, and stay failed for their keys.
  public void failNextPosts(int count) {
    failedPosts.set(count);
  }

  /// The next calls that would make something come too often.
  public void limitNextPosts(int count) {
    limitedPosts.set(count);
  }

  /// The next calls that would make something are refused.
  public void refuseNextPosts(int count) {
    refusedPosts.set(count);
  }

  /// The next call that would make something is refused with a code.
  public void refuseNextPost(String code) {
    refusal = code;
    refusedPosts.set(1);
  }

  /// The next refunds stay under way.
  public void leaveNextRefundsPending(int count) {
    pendingRefunds.set(count);
  }

  /// Checkouts ask for more than they were to.
  public void askForMore(long minor) {
    more = minor;
  }

  /// Takes a key of ours no more.
  public void revoke(String apiKey) {
    revoked.add(apiKey);
  }

  /// Takes a key of ours again.
  public void restore(String apiKey) {
    revoked.remove(apiKey);
  }

  /// Whatever is read at a path fails with 500, or is well again.
  public void setBroken(String path, boolean is) {
    if (is) {
      broken.add(path);
    } else {
      broken.remove(path);
    }
  }

  /// An account that may be paid out to.
  public static ObjectNode account(String id, Map<String, ?> changes) {
    ObjectNode account = Json.mapper().createObjectNode();
    account.put("id", id);
    account.put("object", "account");
    account.put("payouts_enabled", !Boolean.FALSE.equals(changes.get("payouts_enabled")));
    account.putObject("capabilities").put("transfers", "active");
    account.putObject("requirements").putNull("disabled_reason");
    Object bank = changes.get("bank");
    account
        .putObject("external_accounts")
        .putArray("data")
        .addObject()
        .put("id", "ba_1")
        .put("fingerprint", bank == null ? "bank" : String.valueOf(bank));
    return account;
  }

  /// Forgets everything.
  public synchronized void reset() {
    objects.clear();
    keys.clear();
    calls.clear();
    events.clear();
    funds.clear();
    revoked.clear();
    more = 0;
    refusal = NO_TRANSFERS;
    broken.clear();
    List.of(
            failures,
            failedPosts,
            failuresAfter,
            lost,
            lostPosts,
            droppedPosts,
            limitedPosts,
            refusedPosts,
            pendingRefunds)
        .forEach(left -> left.set(0));
  }

  /// Forgets idempotency keys, as Stripe does after a day.
  public void prune() {
    keys.clear();
  }

  public void put(String path, ObjectNode object) {
    objects.put(path, object);
  }

  /// Knows an object no more.
  public void remove(String path) {
    objects.remove(path);
  }

  /// Everything that was made at a path such as `/v1/customers`.
  public List<ObjectNode> madeAt(String path) {
    return objects.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(path + "/"))
        .map(Map.Entry::getValue)
        .toList();
  }

  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals("POST")
        && droppedPosts.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      exchange.close();
      return;
    }
    String path = exchange.getRequestURI().getPath();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(exchange.getRequestMethod() + " " + path);
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    Saved saved = key == null ? null : keys.get(key);
    Saved early = early(exchange, path);
    if (early != null) {
      // Nothing was begun, so that the idempotency key stands for nothing.
      saved = early;
    } else if (saved == null) {
      String query = exchange.getRequestURI().getRawQuery();
      saved = fresh(exchange.getRequestMethod(), path, body, query == null ? "" : query);
      if (key != null) {
        keys.put(key, saved);
      }
    } else if (!saved.request().equals(path + "?" + body)) {
      saved = new Saved("", 400, error("idempotency_error", "idempotency_error"));
    }
    boolean post = exchange.getRequestMethod().equals("POST");
    AtomicInteger losing = post && lostPosts.get() > 0 ? lostPosts : lost;
    if (losing.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      exchange.close();
      return;
    }
    byte[] bytes = saved.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(saved.status(), bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  private @Nullable Saved early(HttpExchange exchange, String path) {
    String key = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean post = exchange.getRequestMethod().equals("POST");
    if (revoked.contains(key.replace("Bearer ", ""))) {
      return new Saved("", 401, error("invalid_request_error", "api_key_expired"));
    }
    if (path.startsWith("/v1/accounts/") && !objects.containsKey(path)) {
      return new Saved("", 403, error("invalid_request_error", "account_invalid"));
    }
    if (broken.contains(path)) {
      return new Saved("", 500, error("api_error", "api_error"));
    }
    if (post && limitedPosts.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return new Saved("", 429, error("invalid_request_error", "rate_limit"));
    }
    return post && refusedPosts.getAndUpdate(n -> Math.max(0, n - 1)) > 0
        ? new Saved("", 400, error("invalid_request_error", refusal))
        : null;
  }

  private Saved fresh(String method, String path, String body, String query) {
    String request = path + "?" + body;
    if (failures.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return new Saved(request, 500, error("api_error", "api_error"));
    }
    if (method.equals("GET")) {
      return new Saved(request, 200, "").with(get(path, form(query)));
    }
    if (failedPosts.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return new Saved(request, 500, error("api_error", "api_error"));
    }
    Map<String, String> form = form(body);
    if (path.equals("/v1/transfers")) {
      long amount = Long.parseLong(form.getOrDefault("amount", "0"));
      String currency = form.getOrDefault("currency", "");
      if (funds.getOrDefault(currency, Long.MAX_VALUE) < amount) {
        return new Saved(request, 400, error("invalid_request_error", "balance_insufficient"));
      }
      funds.computeIfPresent(currency, (_, left) -> left - amount);
    }
    if (form.getOrDefault("success_url", "").endsWith("://-")) {
      return new Saved(request, 400, error("invalid_request_error", "url_invalid", "success_url"));
    }
    ObjectNode object = Json.mapper().createObjectNode();
    String id = prefix(path) + made.incrementAndGet();
    object.put("id", id);
    switch (path) {
      case "/v1/checkout/sessions" -> {
        object.put("object", "checkout.session");
        object.put("url", "https://checkout.stripe.com/c/" + id);
        String amount = form.get("line_items[0][price_data][unit_amount]");
        object.put("amount_total", (amount == null ? 999 : Long.parseLong(amount)) + more);
        object.put("currency", form.getOrDefault("line_items[0][price_data][currency]", "usd"));
        object.put("mode", form.get("mode"));
        object.put("customer", form.get("customer"));
        object.put("client_reference_id", form.get("client_reference_id"));
        ObjectNode metadata = object.putObject("metadata");
        for (String name : List.of("uid", "sku", "order_id")) {
          metadata.put(name, form.get("metadata[" + name + "]"));
        }
      }
      case "/v1/billing_portal/sessions" -> {
        object.put("object", "billing_portal.session");
        object.put("url", "https://billing.stripe.com/p/" + id);
      }
      case "/v1/transfers" -> {
        object.put("object", "transfer");
        object.put("amount", Long.parseLong(form.getOrDefault("amount", "0")));
        object.put("amount_reversed", 0);
        object.put("currency", form.get("currency"));
        object.put("destination", form.get("destination"));
        object.put("transfer_group", form.get("transfer_group"));
        object.putObject("metadata").put("statement_id", form.get("metadata[statement_id]"));
      }
      case "/v1/refunds" -> {
        object.put("object", "refund");
        boolean pending = pendingRefunds.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        object.put("status", pending ? "pending" : "succeeded");
        object.put("payment_intent", form.get("payment_intent"));
        object.put("charge", form.get("charge"));
        object.put("amount", Long.parseLong(form.getOrDefault("amount", PRICE)));
        object.put("currency", "usd");
        object.putObject("metadata").put("review_case", form.get("metadata[review_case]"));
      }
      default -> {
        object.put("object", "customer");
        object.putObject("metadata").put("uid", form.get("metadata[uid]"));
      }
    }
    objects.put(path + "/" + id, object);
    if (failuresAfter.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
      return new Saved(request, 500, error("api_error", "api_error"));
    }
    return new Saved(request, 200, object.toString());
  }

  private @Nullable ObjectNode get(String path, Map<String, String> query) {
    if (path.equals("/v1/events")) {
      long since = Long.parseLong(query.getOrDefault("created[gte]", "0"));
      long until =
          Long.parseLong(query.getOrDefault("created[lte]", String.valueOf(Long.MAX_VALUE)));
      return list(
          events.reversed().stream()
              .filter(event -> event.path("created").asLong() >= since)
              .filter(event -> event.path("created").asLong() <= until)
              .toList(),
          query);
    }
    if (path.equals("/v1/balance_transactions")) {
      long since = Long.parseLong(query.getOrDefault("created[gte]", "0"));
      long until =
          Long.parseLong(query.getOrDefault("created[lte]", String.valueOf(Long.MAX_VALUE)));
      return list(
          madeAt(path).stream()
              .filter(moved -> moved.path("created").asLong() >= since)
              .filter(moved -> moved.path("created").asLong() <= until)
              .filter(moved -> matches(moved, query, "payout"))
              .sorted(Comparator.comparing(moved -> moved.path("id").asText()))
              .toList(),
          query);
    }
    if (path.startsWith("/v1/events/")) {
      return events.stream()
          .filter(event -> path.endsWith("/" + event.path("id").asText()))
          .findFirst()
          .orElse(null);
    }
    if (path.equals("/v1/customers/search")) {
      return list(
          madeAt("/v1/customers").stream()
              .filter(customer ->
                  query
                      .getOrDefault("query", "")
                      .equals(
                          "metadata['uid']:'"
                              + customer.path("metadata").path("uid").asText()
                              + "'"))
              .toList(),
          query);
    }
    if (path.equals("/v1/refunds")) {
      return list(
          madeAt(path).stream()
              .filter(refund -> matches(refund, query, "payment_intent"))
              .filter(refund -> matches(refund, query, "charge"))
              .toList(),
          query);
    }
    if (path.equals("/v1/subscriptions")) {
      return list(
          madeAt(path).stream()
              .filter(subscription -> matches(subscription, query, "customer"))
              .toList(),
          query);
    }
    if (path.equals("/v1/transfers")) {
      return list(
          madeAt(path).stream()
              .filter(transfer -> matches(transfer, query, "transfer_group"))
              .filter(transfer -> matches(transfer, query, "destination"))
              .toList(),
          query);
    }
    return objects.get(path);
  }

  private static boolean matches(ObjectNode object, Map<String, String> query, String field) {
    return !query.containsKey(field) || object.path(field).asText().equals(query.get(field));
  }

  private static ObjectNode list(List<ObjectNode> all, Map<String, String> query) {
    List<String> ids = all.stream().map(object -> object.path("id").asText()).toList();
    int from = ids.indexOf(query.getOrDefault("starting_after", "")) + 1;
    int to = Math.min(all.size(), from + Integer.parseInt(query.getOrDefault("limit", "10")));
    ObjectNode list = Json.mapper().createObjectNode();
    list.put("object", "list");
    list.put("has_more", to < all.size());
    list.putArray("data").addAll(all.subList(from, to));
    return list;
  }

  private static String prefix(String path) {
    return switch (path) {
      case "/v1/checkout/sessions" -> "cs_test_";
      case "/v1/billing_portal/sessions" -> "bps_";
      case "/v1/transfers" -> "tr_";
      case "/v1/refunds" -> "re_";
      default -> "cus_";
    };
  }

  private static Map<String, String> form(String body) {
    var form = new TreeMap<String, String>();
    for (String pair : body.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      if (parts.length == 2) {
        form.put(
            URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
            URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
      }
    }
    return form;
  }

  private static String error(String type, String code) {
    return error(type, code, "");
  }

  private static String error(String type, String code, String param) {
    return Json.mapper()
        .createObjectNode()
        .set("error", Json.mapper().valueToTree(Map.of("type", type, "code", code, "param", param)))
        .toString();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
