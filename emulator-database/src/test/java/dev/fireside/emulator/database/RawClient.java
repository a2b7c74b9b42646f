package dev.fireside.emulator.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client that sends what no SDK would, and shows what comes.
final class RawClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LIMIT_SECONDS = 30;

  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final WebSocket socket;
  private int requests;

  RawClient(DatabaseServer server, String namespace) {
    socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://" + server.address() + "/.ws?v=5&ns=" + namespace), new Reader())
            .join();
  }

  private final class Reader implements WebSocket.Listener {
    private final StringBuilder frame = new StringBuilder();
    private final List<String> pieces = new ArrayList<>();
    private int missing;

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      frame.append(data);
      if (last) {
        take(frame.toString());
        frame.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void take(String text) {
      if (missing == 0 && text.matches("\\d{1,6}")) {
        missing = Integer.parseInt(text);
        return;
      }
      pieces.add(text);
      missing = Math.max(0, missing - 1);
      if (missing == 0) {
        try {
          received.add(JSON.readTree(String.join("", pieces)));
        } catch (java.io.IOException e) {
          closed.completeExceptionally(e);
        }
        pieces.clear();
      }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed.complete(null);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed.complete(null);
    }
  }

  /// Sends a frame as it is.
  void send(String frame) {
    socket.sendText(frame, true).join();
  }

  /// Sends a request, such as `{"a": "q", "b": {"p": "x"}}`, and returns its number.
  int request(String action, String body) {
    requests++;
    send("{\"t\":\"d\",\"d\":{\"r\":%d,\"a\":\"%s\",\"b\":%s}}".formatted(requests, action, body));
    return requests;
  }

  /// Sends a request and returns the body of its answer, dropping all that comes before.
  JsonNode ask(String action, String body) throws Exception {
    int number = request(action, body);
    for (; ; ) {
      JsonNode message = next();
      if (message.path("d").path("r").asInt() == number) {
        return message.path("d").path("b");
      }
    }
  }

  /// The next message.
  JsonNode next() throws Exception {
    JsonNode message = received.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("Nothing comes");
    }
    return message;
  }

  /// Returns once the server has ended the connection.
  void awaitEnd() throws Exception {
    closed.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /// Ends the connection without a word.
  @Override
  public void close() {
    socket.abort();
    http.shutdownNow();
  }
}
