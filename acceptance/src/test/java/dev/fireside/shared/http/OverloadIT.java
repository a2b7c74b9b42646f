package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.Served.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What happens while Firestore is slower than people ask.
final class OverloadIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().entryPoints("none");

  private HeldStore store;
  private Platform platform;
  private Served served;

  @BeforeEach
  void connect() throws IOException {
    fireside.resetData();
    start("10s");
  }

  private void start(String readDeadline) throws IOException {
    var settings = new HashMap<>(fireside.platform().config().settings());
    store = new HeldStore(settings.get("FIRESTORE_EMULATOR_HOST"));
    settings.put("FIRESTORE_EMULATOR_HOST", store.address());
    settings.put("FIRESTORE_CONCURRENCY", "2");
    settings.put("READ_DEADLINE", readDeadline);
    platform = new Platform(Config.from(settings), fireside.clock());
    served = new Served(platform, ThingsFunction.class);
    // With this the connection to the store is open.
    assertThat(served.get("/api/stored").text()).isEqualTo("[false]");
  }

  @AfterEach
  void disconnect() {
    store.release();
    served.close();
    platform.close();
    store.close();
  }

  private double now(String meter) {
    Gauge gauge =
        platform
            .meters()
            .get("store.calls." + meter)
            .tags("store", "firestore", "share", "requests")
            .gauge();
    return gauge.value();
  }

  private double counted(String meter) {
    return platform
        .meters()
        .get("store.calls." + meter)
        .tag("store", "firestore")
        .counters()
        .stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnceAndAllIsWellOnceTheStoreAnswers() {
    store.hold();
    List<CompletableFuture<Answer>> asked = new ArrayList<>();
    // Two are under way, sixteen wait.
    for (int i = 0; i < 50; i++) {
      asked.add(
          CompletableFuture.supplyAsync(
              () -> served.get("/api/stored"), Thread::startVirtualThread));
    }
    await().until(() -> counted("shed") >= 32);
    assertThat(now("active")).isEqualTo(2);

    store.release();

    List<Answer> answers = asked.stream().map(CompletableFuture::join).toList();
    assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSizeGreaterThanOrEqualTo(2);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 200)
        .hasSize((int) counted("shed"))
        .allSatisfy(answer -> {
          assertThat(answer.status()).isEqualTo(503);
          assertThat(answer.problem()).isEqualTo("unavailable");
          assertThat(answer.header("Retry-After")).matches("[1-3]");
        });
    assertThat(now("active")).isZero();
    assertThat(now("waiting")).isZero();
    assertThat(served.get("/api/stored").status()).isEqualTo(200);
  }

  @Test
  void aReadWhoseCallerHasGoneIsCancelled() throws IOException {
    store.hold();
    int before = store.begun();
    Socket socket = ask("GET /api/stored HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await().until(() -> store.begun() > before);

    socket.close();

    await().until(() -> store.cancelled() > 0);
    await().until(() -> now("active") == 0);
    assertThat(counted("cancelled")).isEqualTo(1);
    store.release();
    assertThat(served.get("/api/stored").status()).isEqualTo(200);
  }

  @Test
  void aReadPastItsDeadlineIsCancelled() throws IOException {
    disconnect();
    start("1s");
    store.hold();

    Answer answer = served.get("/api/stored");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).matches("[1-3]");
    await().until(() -> store.cancelled() > 0);
    assertThat(now("active")).isZero();
    store.release();
    assertThat(served.get("/api/stored").status()).isEqualTo(200);
  }

  @Test
  void aWriteIsFinishedThoughItsCallerHasGone() throws IOException {
    store.hold();
    int before = store.begun();
    Socket socket =
        ask("POST /api/stored HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
    await().until(() -> store.begun() > before);

    socket.close();
    goAway();
    store.release();

    await().until(() -> served.get("/api/stored").text().equals("[true]"));
  }

  @Test
  void aConnectionGoesOnWithWhatItsClientSentAhead() throws IOException {
    store.hold();
    int before = store.begun();
    String request = "GET /api/stored HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket socket = ask(request)) {
      await().until(() -> store.begun() > before);
      String last = request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
      socket.getOutputStream().write(last.getBytes(StandardCharsets.ISO_8859_1));
      goAway();
      store.release();

      String answers =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(3);
    }
  }

  /// Asks and goes, while another is waiting. When that was seen, the other was looked at too.
  private void goAway() throws IOException {
    int before = store.begun();
    Socket socket = ask("GET /api/stored HTTP/1.1\r\nHost: localhost\r\n\r\n");
    await().until(() -> store.begun() > before);
    socket.close();
    await().until(() -> store.cancelled() > 0);
  }

  private Socket ask(String request) throws IOException {
    var socket = new Socket(served.uri().getHost(), served.uri().getPort());
    socket.setSoTimeout(10_000);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }
}
