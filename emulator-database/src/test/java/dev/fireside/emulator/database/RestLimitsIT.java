package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much requests may ask for, and what becomes of those that cannot be read.
class RestLimitsIT {
  private static final String TOO_BIG =
      "{\"error\":\"Data to write exceeds the maximum size that can be modified with a single"
          + " request.\"}";

  private static DatabaseServer server;
  private static Http http;

  @BeforeAll
  static void start() {
    server = DatabaseServer.start(DatabaseOptions.inMemory("default"));
    http = new Http(server);
  }

  @AfterAll
  static void stop() {
    http.close();
    server.close();
  }

  @Test
  void aWriteIsAsLargeAsItsLimitAllows() throws Exception {
    String megabytes = "\"" + "x".repeat(3 << 20) + "\"";
    var tiny = http.call("PUT", "/a.json?ns=size&writeSizeLimit=tiny", megabytes);
    assertThat(tiny.statusCode()).isEqualTo(400);
    assertThat(tiny.body()).isEqualTo(TOO_BIG);
    assertThat(status("PUT", "/a.json?ns=size&print=silent&writeSizeLimit=small", megabytes))
        .isEqualTo(204);
    // What is removed counts as what is written.
    assertThat(status("DELETE", "/a.json?ns=size&writeSizeLimit=tiny", null)).isEqualTo(400);
    assertThat(status("PATCH", "/.json?ns=size&writeSizeLimit=tiny", "{\"a\":1}")).isEqualTo(400);
    assertThat(status("PATCH", "/.json?ns=size&writeSizeLimit=tiny", "{\"b\":1}")).isEqualTo(200);
    assertThat(status("DELETE", "/a.json?ns=size&writeSizeLimit=unlimited", null)).isEqualTo(200);
  }

  private static int status(String method, String path, String body) throws Exception {
    return http.call(method, path, body).statusCode();
  }

  @Test
  void aReadThatTakesLongerThanItsTimeoutIsGivenUp() throws Exception {
    StringBuilder many = new StringBuilder("{\"k\":0");
    for (int i = 0; i < 300_000; i++) {
      many.append(",\"k").append(i).append("\":").append(i);
    }
    http.call("PUT", "/many.json?ns=timeout&print=silent", many.append('}').toString());
    var read = http.call("GET", "/many.json?ns=timeout&timeout=1ms", null);
    assertThat(read.statusCode()).isEqualTo(400);
    assertThat(read.body())
        .isEqualTo(
            "{\"error\":\"Data requested exceeds the maximum size that can be accessed with a"
                + " single request.\"}");
    assertThat(status("GET", "/many.json?ns=timeout&timeout=1min", null)).isEqualTo(200);
  }

  @Test
  void aShallowReadListsKeysAsTheCommandLineAsks() throws Exception {
    http.call("PUT", "/list.json?ns=list", "{\"-a\":{\"x\":1},\"-b\":2,\"-c\":3,\"7\":4}");
    assertThat(http.call("GET", "/list.json?ns=list&shallow=true&limitToFirst=2", null).body())
        .isEqualTo("{\"7\":true,\"-a\":true}");
    String next = "/list.json?ns=list&shallow=true&limitToFirst=2&startAfter=-a&timeout=1000ms";
    assertThat(http.call("GET", next, null).body()).isEqualTo("{\"-b\":true,\"-c\":true}");
  }

  @Test
  void aMethodMayStandInTheUrl() throws Exception {
    http.call("POST", "/m.json?ns=method&x-http-method-override=put", "{\"a\":1}");
    assertThat(http.call("GET", "/m.json?ns=method", null).body()).isEqualTo("{\"a\":1}");
    http.call("POST", "/m.json?ns=method", null, "X-HTTP-Method-Override", "delete");
    assertThat(http.call("GET", "/m.json?ns=method", null).body()).isEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%ZZ.json HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a%.json HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a.json?ns=%ZZ HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /a.json HTTP/9\r\nHost: x\r\n\r\n",
        "PUT /a.json HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n\u00ff\u00fe"
      })
  void whatCannotBeReadIsRefusedWithAReason(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"error\":\"");
    }
  }

  @Test
  void aPathMayBeAsDeepAndLongAsDataIs() throws Exception {
    // 32 keys of 768 bytes, each byte escaped.
    String path = ("/" + "%C3%BC".repeat(384)).repeat(32) + ".json?ns=long";
    assertThat(status("PUT", path, "1")).isEqualTo(200);
    assertThat(http.call("GET", path, null).body()).isEqualTo("1");
  }

  @Test
  void whoPollsIsSentOnToWebSocket() throws Exception {
    var answer = http.call("GET", "/.lp?start=t&ser=1&cb=7&v=5&ns=polls", null);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/javascript");
    assertThat(answer.body())
        .contains("removeItem('firebase:previous_websocket_failure')")
        .contains("window['pLPCommand7']('close')");
    assertThat(http.call("GET", "/.lp?cb=7'%5D,alert(1)//", null).body())
        .contains("window['pLPCommand71']('close')");
  }
}
