package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.testing.FiresideExtension;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The same deliveries at several processes at once, as Cloud Run's instances get them.
class ProcessesIT {
  private static final int PROCESSES = 2;
  private static final int CALLS = 50;

  /// Each of these has a transaction of its own to commit.
  private static final int EVENTS = 9;

  private static final String GEMS = "coin:GEM";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private static final List<Process> CHILDREN = new ArrayList<>();
  private static final List<String> BASES = new ArrayList<>();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().executor(Executors.newVirtualThreadPerTaskExecutor()).build();

  private final Shop shop = new Shop(fireside);

  @BeforeAll
  static void startProcesses() throws IOException {
    BASES.add(fireside.project().baseUrl());
    for (int i = 0; i < PROCESSES; i++) {
      int port = freePort();
      var builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-XX:TieredStopAtLevel=1",
              "-cp",
              System.getProperty("java.class.path"),
              "dev.fireside.runtime.Main");
      var cloud = fireside.project().cloud();
      builder.environment().putAll(Shop.SETTINGS);
      builder
          .environment()
          .putAll(
              Map.of(
                  "PORT", Integer.toString(port),
                  "FUNCTION_TARGET", "payments",
                  "FIRESIDE_ENV", "local",
                  "GOOGLE_CLOUD_PROJECT", fireside.project().projectId(),
                  "REDIS_URL", cloud.redis().uri().toString(),
                  "FIRESTORE_EMULATOR_HOST", cloud.firestoreAddress(),
                  "PUBSUB_EMULATOR_HOST", cloud.pubsubAddress(),
                  "FIREBASE_AUTH_EMULATOR_HOST", cloud.auth().address()));
      builder.redirectErrorStream(true).redirectOutput(new File("target/process-" + i + ".log"));
      CHILDREN.add(builder.start());
      BASES.add("http://127.0.0.1:" + port);
    }
    for (String base : BASES.subList(1, BASES.size())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .ignoreExceptionsInstanceOf(IOException.class)
          .until(() -> get(base + "/health") == 200);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static int get(String uri) throws IOException, InterruptedException {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  @AfterAll
  static void endProcesses() {
    CHILDREN.forEach(Process::destroyForcibly);
    HTTP.shutdownNow();
  }

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
  }

  private static HttpRequest revenueCat(String base, String body) {
    return HttpRequest.newBuilder(URI.create(base + "/api/webhooks/revenuecat"))
        .header("Authorization", Shop.AUTHORIZATION)
        .header("X-RevenueCat-Webhook-Signature", Shop.sign(Shop.SECRET, now(), body))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static HttpRequest stripe(String base, String body) {
    return HttpRequest.newBuilder(URI.create(base + "/api/webhooks/stripe"))
        .header("Stripe-Signature", Shop.sign(Shop.STRIPE_SECRET, now(), body))
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static long now() {
    return fireside.clock().instant().getEpochSecond();
  }

  /// Sends so many requests at once, in turn to all processes; all are answered 200.
  private static void sendAtOnce(int count, IntFunction<HttpRequest> request) throws Exception {
    List<Callable<String>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      HttpRequest one = request.apply(i);
      calls.add(() -> {
        HttpResponse<String> answer = HTTP.send(one, HttpResponse.BodyHandlers.ofString());
        return answer.statusCode() == 200 ? "" : answer.statusCode() + answer.body();
      });
    }
    try (var threads = Executors.newFixedThreadPool(count)) {
      for (Future<String> answer : threads.invokeAll(calls)) {
        assertThat(answer.get()).isEmpty();
      }
    }
  }

  private static String base(int call) {
    return BASES.get(call % BASES.size());
  }

  @Test
  void takeOneDeliveryFiftyTimesAtOnceAndPostOnce() throws Exception {
    String bought = Shop.event("non_renewing_purchase", Map.of());
    sendAtOnce(CALLS, i -> revenueCat(base(i), bought));
    String paid = Shop.fixture("stripe/checkout.session.completed");
    sendAtOnce(CALLS, i -> stripe(base(i), paid));

    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100 + 500);
    assertThat(shop.journals()).isEqualTo(2);
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void takeManyEventsOfOneTransactionAtOnceAndPostOnce() throws Exception {
    sendAtOnce(
        EVENTS,
        i -> revenueCat(base(i), Shop.event("non_renewing_purchase", Map.of("id", "event-" + i))));
    sendAtOnce(
        EVENTS,
        i -> stripe(base(i), Shop.stripeEvent("checkout.session.completed", "evt_" + i, Map.of())));

    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100 + 500);
    assertThat(shop.journals()).isEqualTo(2);
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void takeGrantRefundAndReversalAtOnceAndEndAsInOrder() throws Exception {
    String bought = Shop.event("non_renewing_purchase", Map.of());
    String refunded = Shop.event("cancellation_refund_consumable", Map.of());
    String reversed =
        Shop.event(
            "cancellation_refund_consumable",
            Map.of(
                "id", "reversed", "type", "REFUND_REVERSED", "event_timestamp_ms", 1768003300000L));
    List<String> bodies = List.of(bought, refunded, reversed);
    sendAtOnce(CALLS, i -> revenueCat(base(i), bodies.get(i % bodies.size())));

    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(2100);
    assertThat(shop.journals()).isEqualTo(3);
    assertThat(shop.proof().faults()).isEmpty();
  }
}
