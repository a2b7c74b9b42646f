package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Streams of events over REST.
class StreamIT {
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
  void aStreamTellsWhatChangesUntilItIsCancelled() throws Exception {
    http.call("PUT", "/s.json?ns=stream", "{\"a\":1}");
    try (Events events = http.events("/s.json?ns=stream")) {
      assertThat(events.next()).isEqualTo("put {\"path\":\"/\",\"data\":{\"a\":1}}");
      http.call("PUT", "/s/b.json?ns=stream", "2");
      assertThat(events.next()).isEqualTo("put {\"path\":\"/b\",\"data\":2}");
      http.call("PATCH", "/.json?ns=stream", "{\"s/a\":3,\"s/c\":4,\"elsewhere\":5}");
      assertThat(events.next()).isEqualTo("patch {\"path\":\"/\",\"data\":{\"a\":3,\"c\":4}}");
      server.rules("stream", "{\"rules\": {}}");
      assertThat(events.next()).isEqualTo("cancel \"Permission denied.\"");
      assertThat(events.next()).isNull();
    }
  }

  @Test
  void aStreamOfAQueryHoldsItsWindow() throws Exception {
    http.call("PUT", "/q.json?ns=window", "{\"a\":1,\"b\":2,\"c\":3}");
    try (Events events = http.events("/q.json?ns=window&orderBy=%22$value%22&limitToLast=2")) {
      assertThat(events.next()).isEqualTo("put {\"path\":\"/\",\"data\":{\"b\":2,\"c\":3}}");
      http.call("PUT", "/q/d.json?ns=window", "4");
      assertThat(events.next()).isEqualTo("patch {\"path\":\"/\",\"data\":{\"b\":null,\"d\":4}}");
      http.call("DELETE", "/q.json?ns=window", null);
      assertThat(events.next()).isEqualTo("put {\"path\":\"/\",\"data\":null}");
    }
  }

  @Test
  void aTokenThatExpiresEndsItsStream() throws Exception {
    server.rules("expiry", "{\"rules\": {\".read\": \"auth.uid === 'ada'\"}}");
    String token =
        Http.token(
            "{\"sub\":\"ada\",\"iat\":1,\"exp\":%d}".formatted(Instant.now().getEpochSecond() + 1));
    try (Events events = http.events("/a.json?ns=expiry&auth=" + token)) {
      assertThat(events.next()).isEqualTo("put {\"path\":\"/\",\"data\":null}");
      assertThat(events.next()).isEqualTo("auth_revoked \"credential has expired\"");
      assertThat(events.next()).isNull();
    }
    assertThat(http.call("GET", "/a.json?ns=expiry&auth=" + token, null).statusCode())
        .isEqualTo(401);
  }

  @Test
  void dataThatARuleReadsEndsAStream() throws Exception {
    server.rules(
        "member",
        "{\"rules\": {\"room\": {\".read\": \"root.child('in').child(auth.uid).exists()\"}}}");
    http.call("PUT", "/in/ada.json?ns=member&auth=owner", "true");
    String token = Http.token("{\"sub\":\"ada\"}");
    try (Events events = http.events("/room.json?ns=member&auth=" + token)) {
      assertThat(events.next()).isEqualTo("put {\"path\":\"/\",\"data\":null}");
      http.call("PATCH", "/.json?ns=member&auth=owner", "{\"in/ada\":null,\"room\":\"secret\"}");
      assertThat(events.next()).isEqualTo("cancel \"Permission denied.\"");
    }
  }
}
