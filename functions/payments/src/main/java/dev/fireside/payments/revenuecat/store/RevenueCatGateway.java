package dev.fireside.payments.revenuecat.store;

import dev.fireside.shared.config.Config;
import dev.fireside.stripe.Payload;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// RevenueCat's REST interface, version 2, as far as it is read. Keeps below the limit of 480 calls
/// a minute, and waits as long as RevenueCat asks for. Throws [RevenueCatUnavailableException]
/// where RevenueCat does not answer, and [IllegalStateException] where it refuses to.
public final class RevenueCatGateway {
  private static final String BASE = "https://api.revenuecat.com";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final int CALLS_PER_MINUTE = 400;
  private static final int ATTEMPTS = 4;
  private static final int PAGES_MAX = 200;
  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;
  private static final int NOT_FOUND = 404;
  private static final int LOCKED = 423;
  private static final int RATE_LIMITED = 429;
  private static final int SERVER_ERRORS = 500;

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final String base;
  private final List<String> keys;
  private final String project;
  private long minuteNanos;
  private int calls;

  /// Which of the keys RevenueCat took last.
  private int current;

  public RevenueCatGateway(Config config) {
    this.base = config.text("REVENUECAT_API_BASE").orElse(BASE);
    this.keys =
        Arrays.stream(config.text("REVENUECAT_API_KEY").orElse("").split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .toList();
    this.project = config.text("REVENUECAT_PROJECT").orElse("");
  }

  /// Whether RevenueCat can be asked at all.
  public boolean isConfigured() {
    return !keys.isEmpty() && !project.isEmpty();
  }

  /// One page of something that belongs to the project.
  ///
  /// @param items what is on it
  /// @param next where the next page is; empty for the last one
  public record Listing(List<Payload> items, String next) {
    public Listing {
      items = List.copyOf(items);
    }
  }

  /// The first page of all customers.
  public Listing customers() {
    return page(path("customers") + "?limit=100");
  }

  /// Where the customers after one go on.
  public String after(String customer) {
    return path("customers") + "?limit=100&starting_after=" + encoded(customer);
  }

  /// A page that another one named.
  public Listing page(String path) {
    return get(path)
        .map(page -> new Listing(page.objects("items"), page.text("next_page")))
        .orElse(new Listing(List.of(), ""));
  }

  /// Everything below a customer, such as `purchases`.
  public List<Payload> ofCustomer(String customer, String what) {
    return all(path("customers/" + encoded(customer) + "/" + what) + "?limit=100");
  }

  /// The payments of a subscription; none where its store reports none.
  public List<Payload> transactions(String subscription) {
    return all(path("subscriptions/" + encoded(subscription) + "/transactions") + "?limit=100");
  }

  /// A product by RevenueCat's id.
  public Optional<Payload> product(String id) {
    return get(path("products/" + encoded(id)));
  }

  private List<Payload> all(String first) {
    var items = new ArrayList<Payload>();
    String next = first;
    for (int i = 0; i < PAGES_MAX && !next.isEmpty(); i++) {
      Listing listing = page(next);
      items.addAll(listing.items());
      next = listing.next();
    }
    return items;
  }

  private String path(String rest) {
    return "/v2/projects/" + encoded(project) + "/" + rest;
  }

  private static String encoded(String id) {
    // In a path, unlike in a form, a `+` is a plus.
    return URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private synchronized Optional<Payload> get(String path) {
    if (!path.startsWith("/v2/")) {
      throw new IllegalStateException("RevenueCat named a page elsewhere");
    }
    for (int attempt = 1; ; attempt++) {
      HttpResponse<String> answer = answer(path);
      int status = answer.statusCode();
      if (status == OK) {
        return Optional.of(Payload.of(answer.body()));
      }
      if (status == NOT_FOUND) {
        return Optional.empty();
      }
      boolean temporary = status == RATE_LIMITED || status == LOCKED || status >= SERVER_ERRORS;
      if (!temporary) {
        throw new IllegalStateException("RevenueCat refused " + path + ": " + status);
      }
      Duration wait = retryAfter(answer, attempt);
      if (attempt == ATTEMPTS || wait.compareTo(WAIT_MAX) > 0) {
        throw new RevenueCatUnavailableException(
            "RevenueCat answered " + status + " to " + path, null);
      }
      pause(wait);
    }
  }

  /// The answer to the key that was taken last, else to the others in turn.
  private HttpResponse<String> answer(String path) {
    for (int i = 1; ; i++) {
      throttle();
      HttpResponse<String> answer = send(path);
      if (answer.statusCode() != UNAUTHORIZED || i == keys.size()) {
        return answer;
      }
      current = (current + 1) % keys.size();
    }
  }

  private HttpResponse<String> send(String path) {
    try {
      return client.send(
          HttpRequest.newBuilder(URI.create(base + path))
              .timeout(TIMEOUT)
              .header("Authorization", "Bearer " + keys.get(current))
              .header("Accept", "application/json")
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new RevenueCatUnavailableException("RevenueCat does not answer " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RevenueCatUnavailableException("Interrupted while RevenueCat was asked", e);
    }
  }

  /// As long as the answer asks for, else longer each time.
  private static Duration retryAfter(HttpResponse<String> answer, int attempt) {
    String stated = answer.headers().firstValue("Retry-After").orElse("");
    return stated.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(stated))
        : Duration.ofSeconds(1L << attempt);
  }

  private void throttle() {
    long now = System.nanoTime();
    if (calls == 0 || now - minuteNanos >= Duration.ofMinutes(1).toNanos()) {
      minuteNanos = now;
      calls = 0;
    } else if (calls >= CALLS_PER_MINUTE) {
      pause(Duration.ofMinutes(1).minusNanos(now - minuteNanos));
      minuteNanos = System.nanoTime();
      calls = 0;
    }
    calls++;
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RevenueCatUnavailableException("Interrupted while RevenueCat was asked", e);
    }
  }
}
