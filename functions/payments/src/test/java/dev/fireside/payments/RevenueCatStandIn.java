package dev.fireside.payments;

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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// RevenueCat's REST interface, version 2, as far as payments read it: lists in pages, and limits
/// when told to.
final class RevenueCatStandIn implements AutoCloseable {
  private static final int PAGE = 7;
  private static final Pattern PATH =
      Pattern.compile("/v2/projects/[^/]+/(customers|subscriptions|products)(/([^/]+)(/(.+))?)?");

  private final HttpServer server;
  private final Map<String, List<ObjectNode>> lists = new TreeMap<>();
  private final Map<String, ObjectNode> products = new TreeMap<>();
  private final Set<String> broken = new TreeSet<>();
  private int limited;
  private int calls;

  RevenueCatStandIn() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
  }

  String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  synchronized void reset() {
    lists.clear();
    products.clear();
    broken.clear();
    limited = 0;
    calls = 0;
  }

  synchronized int calls() {
    return calls;
  }

  /// The next calls are answered with 429.
  synchronized void limitNext(int count) {
    limited = count;
  }

  /// Whatever is read below a customer is answered with 400.
  synchronized void breakCustomer(String id) {
    broken.add(id);
  }

  /// Gives all that is in a list of a customer to another.
  synchronized void move(String from, String to, String what) {
    customer(to);
    list("customers/" + to + "/" + what).addAll(list("customers/" + from + "/" + what));
    list("customers/" + from + "/" + what).clear();
  }

  synchronized void customer(String id) {
    List<ObjectNode> customers = list("customers");
    if (customers.stream().noneMatch(customer -> customer.path("id").asText().equals(id))) {
      customers.add(object(Map.of("id", id)));
    }
  }

  synchronized void alias(String customer, String alias) {
    list("customers/" + customer + "/aliases").add(object(Map.of("id", alias)));
  }

  synchronized ObjectNode purchase(String customer, Map<String, ?> fields) {
    customer(customer);
    return added("customers/" + customer + "/purchases", fields);
  }

  synchronized ObjectNode subscription(String customer, Map<String, ?> fields) {
    customer(customer);
    return added("customers/" + customer + "/subscriptions", fields);
  }

  /// Ends the subscriptions of a customer, though they are paid for.
  synchronized void end(String customer, long at) {
    list("customers/" + customer + "/subscriptions")
        .forEach(subscription ->
            subscription
                .put("gives_access", false)
                .put("status", "expired")
                .put("current_period_ends_at", at));
  }

  synchronized ObjectNode transaction(String subscription, Map<String, ?> fields) {
    return added("subscriptions/" + subscription + "/transactions", fields);
  }

  synchronized void product(String id, String storeIdentifier) {
    products.put(id, object(Map.of("id", id, "store_identifier", storeIdentifier)));
  }

  private ObjectNode added(String list, Map<String, ?> fields) {
    ObjectNode object = object(fields);
    list(list).add(object);
    return object;
  }

  private List<ObjectNode> list(String name) {
    return lists.computeIfAbsent(name, _ -> new ArrayList<>());
  }

  private static ObjectNode object(Map<String, ?> fields) {
    return Json.mapper().valueToTree(fields);
  }

  private synchronized void answer(HttpExchange exchange) throws IOException {
    calls++;
    String path = exchange.getRequestURI().getPath();
    String query = exchange.getRequestURI().getRawQuery();
    Matcher matcher = PATH.matcher(path);
    boolean authorized =
        "Bearer sk_of_the_tests".equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (limited > 0) {
      limited--;
      exchange.getResponseHeaders().set("Retry-After", "1");
      send(exchange, 429, "{\"object\":\"error\",\"type\":\"rate_limit_error\"}");
    } else if (!authorized || !matcher.matches()) {
      send(exchange, authorized ? 404 : 401, "{\"object\":\"error\"}");
    } else if (broken.contains(String.valueOf(matcher.group(3)))) {
      send(exchange, 400, "{\"object\":\"error\"}");
    } else if (matcher.group(1).equals("products")) {
      ObjectNode product = products.get(matcher.group(3));
      send(exchange, product == null ? 404 : 200, String.valueOf(product));
    } else {
      String name = path.substring(path.indexOf(matcher.group(1)));
      send(exchange, 200, page(path, list(name), query == null ? "" : query).toString());
    }
  }

  private static ObjectNode page(String path, List<ObjectNode> all, String query) {
    int from = 0;
    for (String pair : query.split("&", -1)) {
      if (pair.startsWith("starting_after=")) {
        String id = URLDecoder.decode(pair.substring(15), StandardCharsets.UTF_8);
        List<String> ids = all.stream().map(item -> item.path("id").asText()).toList();
        from = ids.indexOf(id) + 1;
      }
    }
    int to = Math.min(all.size(), from + PAGE);
    ObjectNode page = Json.mapper().createObjectNode();
    page.put("object", "list");
    page.putArray("items").addAll(all.subList(from, to));
    if (to < all.size()) {
      page.put("next_page", path + "?starting_after=" + all.get(to - 1).path("id").asText());
    } else {
      page.putNull("next_page");
    }
    return page;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    try (var out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
