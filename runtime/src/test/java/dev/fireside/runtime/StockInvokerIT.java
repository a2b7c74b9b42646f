package dev.fireside.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.functions.invoker.runner.Invoker;
import dev.fireside.runtime.sample.Echo;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/// A function needs nothing of this module: the Functions Framework's own server runs it as it is.
class StockInvokerIT {
  @Test
  void theSameClassRunsUnderTheStockInvoker() throws Exception {
    int port = freePort();
    var invoker = new Invoker(port, Echo.class.getName(), "http", Echo.class.getClassLoader());
    invoker.startTestServer();
    try (HttpClient http = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/any")).build();

      var answer = http.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"path\":\"/any\"");
    } finally {
      invoker.stopServer();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
