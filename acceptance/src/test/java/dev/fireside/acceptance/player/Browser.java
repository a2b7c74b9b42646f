package dev.fireside.acceptance.player;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.shared.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/// A headless Chromium with one page, the size of a phone, driven by its DevTools protocol
/// (<https://chromedevtools.github.io/devtools-protocol/>).
final class Browser implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration STEP = Duration.ofMillis(50);
  private static final int WIDTH = 390;
  private static final int HEIGHT = 844;

  private final Process process;
  private final Path profile;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<String> exceptions = new CopyOnWriteArrayList<>();
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  private Browser() throws Exception {
    profile = Files.createTempDirectory("fireside-chromium");
    process =
        new ProcessBuilder(
                executable(),
                "--headless=new",
                // The tests of a container run as root, for whom there is no sandbox.
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--mute-audio",
                "--no-first-run",
                "--autoplay-policy=no-user-gesture-required",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                "about:blank")
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    socket = http.newWebSocketBuilder().buildAsync(page(), new Listener()).get(1, TimeUnit.MINUTES);
    call("Page.enable", Map.of());
    call("Runtime.enable", Map.of());
    call("Log.enable", Map.of());
    call("Network.enable", Map.of());
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", WIDTH, "height", HEIGHT, "deviceScaleFactor", 2, "mobile", true));
  }

  /// Starts it. Fails, and says what to install, where there is none.
  static Browser start() {
    try {
      return new Browser();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("Chromium does not start", e);
    }
  }

  /// `./scripts/test` names it.
  private static String executable() {
    String named = System.getenv().getOrDefault("CHROMIUM", "chromium");
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(folder -> Path.of(folder).resolve(named))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseGet(() ->
            Assertions.fail(
                "This test runs a page in Chromium, and there is none: apt install chromium, or"
                    + " name one in CHROMIUM"));
  }

  private URI page() throws IOException, InterruptedException {
    BufferedReader said = process.errorReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith("DevTools listening on ")) {
      line = said.readLine();
    }
    if (line == null) {
      throw new IOException("Chromium ended");
    }
    Thread.ofVirtual().start(() -> said.lines().forEach(_ -> {}));
    URI devTools = URI.create(line.substring("DevTools listening on ".length()));
    URI list = URI.create("http://" + devTools.getAuthority() + "/json/list");
    while (true) {
      String text =
          http.send(HttpRequest.newBuilder(list).build(), HttpResponse.BodyHandlers.ofString())
              .body();
      for (JsonNode target : Json.mapper().readTree(text)) {
        if (target.path("type").asText().equals("page")) {
          return URI.create(target.path("webSocketDebuggerUrl").asText());
        }
      }
    }
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      message.append(text);
      if (last) {
        try {
          take(Json.mapper().readTree(message.toString()));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } finally {
          message.setLength(0);
        }
      }
      from.request(1);
      return null;
    }
  }

  private void take(JsonNode message) {
    if (message.has("id")) {
      answers.remove(message.path("id").asInt()).complete(message);
    } else if (message.path("method").asText().equals("Runtime.exceptionThrown")) {
      exceptions.add(message.at("/params/exceptionDetails").toString());
    } else if (message.path("method").asText().equals("Log.entryAdded")
        && message.at("/params/entry/level").asText().equals("error")) {
      complaints.add(message.at("/params/entry/text").asText());
    }
  }

  private JsonNode call(String method, Map<String, ?> params) {
    int id = calls.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    answers.put(id, answer);
    ObjectNode request = Json.mapper().createObjectNode().put("id", id).put("method", method);
    request.set("params", Json.mapper().valueToTree(params));
    socket.sendText(request.toString(), true).join();
    JsonNode message = answer.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    if (message.has("error")) {
      throw new IllegalStateException(method + ": " + message.path("error"));
    }
    return message.path("result");
  }

  /// Opens an address.
  void open(String url) {
    call("Page.navigate", Map.of("url", url));
    await("document.readyState === 'complete' && location.href.startsWith('http')");
  }

  /// The value of an expression of JavaScript; a promise is awaited.
  JsonNode value(String expression) {
    JsonNode result =
        call(
            "Runtime.evaluate",
            Map.of(
                "expression", expression,
                "awaitPromise", true,
                "returnByValue", true,
                "userGesture", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.path("exceptionDetails"));
    }
    return result.path("result").path("value");
  }

  /// Returns once an expression is true. Fails with what the page complained of.
  void await(String expression) {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (!value("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > until) {
        Assertions.fail(
            expression
                + " does not come true: "
                + value("document.body.innerText")
                + exceptions
                + complaints);
      }
      try {
        Thread.sleep(STEP);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Picks a file, as a person does.
  void pick(String selector, Path file) {
    JsonNode document = call("DOM.getDocument", Map.of());
    JsonNode node =
        call(
            "DOM.querySelector",
            Map.of("nodeId", document.at("/root/nodeId").asInt(), "selector", selector));
    call(
        "DOM.setFileInputFiles",
        Map.of(
            "nodeId",
            node.path("nodeId").asInt(),
            "files",
            List.of(file.toAbsolutePath().toString())));
  }

  /// Clicks in the middle of an element.
  void click(String selector) {
    for (String type : List.of("mousePressed", "mouseReleased")) {
      mouse(type, selector, 0.5);
    }
  }

  /// Moves the pointer over an element.
  ///
  /// @param part of its width, 0 to 1
  void point(String selector, double part) {
    mouse("mouseMoved", selector, part);
  }

  private void mouse(String type, String selector, double part) {
    String element = "document.querySelector('" + selector + "')";
    value(element + ".scrollIntoView({block: 'center'})");
    JsonNode box = value("JSON.parse(JSON.stringify(" + element + ".getBoundingClientRect()))");
    call(
        "Input.dispatchMouseEvent",
        Map.of(
            "type",
            type,
            "x",
            box.path("x").asDouble() + box.path("width").asDouble() * part,
            "y",
            box.path("y").asDouble() + box.path("height").asDouble() / 2,
            "button",
            type.equals("mouseMoved") ? "none" : "left",
            "clickCount",
            1));
  }

  /// Chooses an option, as a person does.
  void choose(String selector, String option) {
    value(
        """
        (() => {
          const select = document.querySelector('%s');
          select.value = '%s';
          select.dispatchEvent(new Event('change'));
        })()
        """
            .formatted(selector, option));
  }

  /// Sets what the network is like.
  ///
  /// @param offline whether there is none
  /// @param uploadBytes bytes a second that go out; -1 for as many as there are
  void network(boolean offline, int uploadBytes) {
    call(
        "Network.emulateNetworkConditions",
        Map.of(
            "offline",
            offline,
            "latency",
            0,
            "downloadThroughput",
            -1,
            "uploadThroughput",
            uploadBytes));
  }

  /// What the page has thrown, and nobody has caught.
  List<String> exceptions() {
    return List.copyOf(exceptions);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    try {
      process.waitFor();
      http.close();
      try (var files = Files.walk(profile)) {
        files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
