package dev.fireside.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fireside.runtime.FunctionServer;
import dev.fireside.runtime.ServerOptions;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForwardIT {
  @Test
  void requestsAndAnswersAreHandedOnAsTheyAre() throws Exception {
    HttpServer elsewhere =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    elsewhere.createContext(
        "/",
        exchange -> {
          byte[] said =
              (exchange.getRequestMethod()
                      + " "
                      + exchange.getRequestURI()
                      + " "
                      + exchange.getRequestHeaders().getFirst("X-Mark")
                      + " "
                      + new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8))
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("X-Answer", "yes");
          exchange.sendResponseHeaders(409, said.length);
          exchange.getResponseBody().write(said);
          exchange.close();
        });
    elsewhere.start();
    URI uri = URI.create("http://127.0.0.1:" + elsewhere.getAddress().getPort());
    try (HttpClient http = HttpClient.newHttpClient();
        var platform = new Platform(Config.from(Map.of()), Clock.systemUTC());
        FunctionServer server =
            FunctionServer.start(
                platform, List.of(), ServerOptions.local(0).withInFront(new Forward(http, uri)))) {
      var request =
          HttpRequest.newBuilder(URI.create(server.baseUrl() + "/a/b%20c?d=e"))
              .header("X-Mark", "here")
              .POST(BodyPublishers.ofString("text"))
              .build();

      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());

      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.headers().firstValue("X-Answer")).contains("yes");
      assertThat(answer.body()).isEqualTo("POST /a/b%20c?d=e here text");
    } finally {
      elsewhere.stop(0);
    }
  }
}
