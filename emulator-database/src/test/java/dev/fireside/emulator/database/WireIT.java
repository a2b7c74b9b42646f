package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What SDKs never do: the offender is told or cut off, and nobody else notices.
class WireIT {
  private static final String UPGRADE =
      """
      GET /.ws?v=5&ns=deaf HTTP/1.1
      Host: x
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

      """;

  private static DatabaseServer server;
  private static HttpClient http;

  @BeforeAll
  static void start() {
    server = DatabaseServer.start(DatabaseOptions.inMemory("wire"));
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.shutdownNow();
    server.close();
  }

  private static RawClient client(String namespace) throws Exception {
    RawClient client = new RawClient(server, namespace);
    JsonNode hello = client.next().path("d");
    assertThat(hello.path("t").asText()).isEqualTo("h");
    assertThat(hello.path("d").path("v").asText()).isEqualTo("5");
    assertThat(hello.path("d").path("h").asText()).isEqualTo(server.address());
    return client;
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "not json", "[]", "{\"t\":\"x\"}", "999999"})
  void whatIsNoMessageEndsTheConnection(String frame) throws Exception {
    try (RawClient client = client("garbage")) {
      client.send(frame);
      assertThat(client.next().path("d").path("t").asText()).isEqualTo("e");
      client.awaitEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"p\":\"a.b\",\"d\":1}",
        "{\"p\":\"a\",\"d\":{\"x#y\":1}}",
        "{\"p\":\"a\",\"d\":{\"\":1}}",
        "{\"p\":7,\"d\":1}",
        "{\"d\":1}",
        "{\"p\":\"a\",\"d\":{\".sv\":\"nonsense\"}}",
        "{\"p\":\"1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/19/20/21/22/23/24/25/26/27/28/29/30/31/32/33\",\"d\":1}"
      })
  void whatCannotBeWrittenIsRefusedAndTheConnectionGoesOn(String body) throws Exception {
    try (RawClient client = client("refused")) {
      JsonNode refusal = client.ask("p", body);
      assertThat(refusal.path("s").asText()).isEqualTo("failure");
      assertThat(refusal.path("d").asText()).isNotEmpty();
      assertThat(client.ask("p", "{\"p\":\"fine\",\"d\":1}").path("s").asText()).isEqualTo("ok");
      assertThat(client.ask("unheard-of", "{}").path("s").asText()).isEqualTo("failure");
    }
  }

  @Test
  void keepAlivesAndPingsAreTaken() throws Exception {
    try (RawClient client = client("alive")) {
      client.send("0");
      client.send("{\"t\":\"c\",\"d\":{\"t\":\"p\",\"d\":{}}}");
      assertThat(client.next().path("d").path("t").asText()).isEqualTo("o");
    }
  }

  @Test
  void aHundredMegabytesOfGarbageHarmNobody() throws Exception {
    try (RawClient bystander = client("bystander");
        Socket garbage = new Socket(InetAddress.getLoopbackAddress(), server.port());
        RawClient endless = client("garbage")) {
      byte[] block = new byte[1 << 20];
      OutputStream out = garbage.getOutputStream();
      try {
        for (int i = 0; i < 100; i++) {
          out.write(block);
        }
      } catch (java.io.IOException e) {
        // Cut off, as it should be.
      }
      String piece = "x".repeat(16_384);
      endless.send("16000");
      try {
        for (int i = 0; i < 6_400; i++) {
          endless.send(piece);
        }
      } catch (java.util.concurrent.CompletionException e) {
        // Cut off, as it should be.
      }
      endless.awaitEnd();
      assertThat(bystander.ask("g", "{\"p\":\"a\"}").path("s").asText()).isEqualTo("ok");
    }
  }

  @Test
  void aClientThatNeverReadsIsCutOff() throws Exception {
    try (Socket deaf = new Socket(InetAddress.getLoopbackAddress(), server.port());
        RawClient writer = client("deaf")) {
      deaf.setReceiveBufferSize(4_096);
      OutputStream out = deaf.getOutputStream();
      out.write(UPGRADE.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      awaitHello(deaf);
      out.write(masked("{\"t\":\"d\",\"d\":{\"r\":1,\"a\":\"q\",\"b\":{\"p\":\"\",\"h\":\"\"}}}"));
      String onLeave =
          "{\"t\":\"d\",\"d\":{\"r\":2,\"a\":\"o\",\"b\":{\"p\":\"left\",\"d\":true}}}";
      out.write(masked(onLeave));
      out.flush();
      String value = "y".repeat(1_000_000);
      for (int i = 0; i < 90; i++) {
        String body = "{\"p\":\"big\",\"d\":\"" + i + value + "\"}";
        assertThat(write(body).statusCode()).isEqualTo(204);
      }
      await()
          .untilAsserted(
              () -> assertThat(writer.ask("g", "{\"p\":\"left\"}").path("d").asBoolean()).isTrue());
    }
  }

  private static HttpResponse<String> write(String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(
                URI.create("http://" + server.address() + "/n.json?ns=deaf&print=silent"))
            .PUT(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static void awaitHello(Socket socket) throws Exception {
    var received = new StringBuilder();
    while (received.indexOf("\"t\":\"h\"") < 0) {
      received.append((char) socket.getInputStream().read());
    }
  }

  /// A text frame with a mask of zeros.
  private static byte[] masked(String text) {
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    byte[] frame = new byte[payload.length + 6];
    frame[0] = (byte) 0x81;
    frame[1] = (byte) (0x80 | payload.length);
    System.arraycopy(payload, 0, frame, 6, payload.length);
    return frame;
  }

  @Test
  void tenThousandListensOnOneConnectionAreServed() throws Exception {
    try (RawClient client = client("many")) {
      for (int i = 0; i < 10_000; i++) {
        client.request("q", "{\"p\":\"rooms/" + i + "\",\"h\":\"\"}");
      }
      client.ask("q", "{\"p\":\"last\",\"h\":\"\"}");
      client.request("p", "{\"p\":\"rooms/9999\",\"d\":\"hello\"}");
      JsonNode push = client.next().path("d");
      assertThat(push.path("a").asText()).isEqualTo("d");
      assertThat(push.path("b").path("p").asText()).isEqualTo("rooms/9999");
      assertThat(push.path("b").path("d").asText()).isEqualTo("hello");
    }
  }

  @Test
  void aTokenThatExpiresEndsWhatItAllowed() throws Exception {
    try (RawClient client = client("expiry")) {
      server.rules("expiry", "{\"rules\": {\"a\": {\".read\": \"auth.uid === 'ada'\"}}}");
      long soon = Instant.now().getEpochSecond() + 1;
      String payload = "{\"sub\":\"ada\",\"iat\":1,\"exp\":%d}".formatted(soon);
      String token = encoded("{\"alg\":\"none\"}") + "." + encoded(payload) + ".";
      JsonNode signedIn = client.ask("auth", "{\"cred\":\"" + token + "\"}");
      assertThat(signedIn.path("s").asText()).isEqualTo("ok");
      assertThat(signedIn.path("d").path("auth").path("uid").asText()).isEqualTo("ada");
      assertThat(client.ask("q", "{\"p\":\"/a\",\"h\":\"\"}").path("s").asText()).isEqualTo("ok");
      JsonNode revoked = client.next().path("d");
      assertThat(revoked.path("a").asText()).isEqualTo("ac");
      assertThat(revoked.path("b").path("s").asText()).isEqualTo("expired_token");
      JsonNode cancelled = client.next().path("d");
      assertThat(cancelled.path("a").asText()).isEqualTo("c");
      assertThat(cancelled.path("b").path("p").asText()).isEqualTo("a");
      assertThat(client.ask("auth", "{\"cred\":\"" + token + "\"}").path("s").asText())
          .isEqualTo("expired_token");
      assertThat(client.ask("auth", "{\"cred\":\"x.y.z\"}").path("s").asText())
          .isEqualTo("invalid_token");
    }
  }

  @Test
  void aNewTokenOnALiveConnectionTakesThePlaceOfTheOld() throws Exception {
    try (RawClient client = client("refresh")) {
      server.rules("refresh", "{\"rules\": {\"$uid\": {\".read\": \"auth.uid === $uid\"}}}");
      String ada = encoded("{\"alg\":\"none\"}") + "." + encoded("{\"sub\":\"ada\"}") + ".";
      String bob = encoded("{\"alg\":\"none\"}") + "." + encoded("{\"sub\":\"bob\"}") + ".";
      client.ask("auth", "{\"cred\":\"" + ada + "\"}");
      client.ask("q", "{\"p\":\"/ada\",\"h\":\"\",\"q\":{\"l\":2,\"vf\":\"r\"},\"t\":4}");
      client.ask("auth", "{\"cred\":\"" + ada + "\"}");
      client.request("auth", "{\"cred\":\"" + bob + "\"}");
      JsonNode cancelled = client.next().path("d");
      assertThat(cancelled.path("a").asText()).isEqualTo("c");
      assertThat(cancelled.path("b").path("q").get(0).path("l").asInt()).isEqualTo(2);
      assertThat(client.ask("unauth", "{}").path("s").asText()).isEqualTo("ok");
      assertThat(client.ask("g", "{\"p\":\"/bob\"}").path("s").asText())
          .isEqualTo("permission_denied");
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}
