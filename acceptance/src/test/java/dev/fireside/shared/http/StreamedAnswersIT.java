package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.http.Served.Answer;
import io.micrometer.core.instrument.Timer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Lists that are answered as CSV while they are read.
final class StreamedAnswersIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().entryPoints("none").with(Map.of("RATE_LIMIT_ANONYMOUS", "100000"));

  // What breaks here breaks on purpose.
  private static final List<Logger> QUIET =
      List.of(
          Logger.getLogger(Exchange.class.getName()),
          Logger.getLogger(HttpApp.class.getName()),
          Logger.getLogger("com.google.cloud.functions.invoker"));

  private static Served served;

  @BeforeAll
  static void serve() throws IOException {
    QUIET.forEach(logger -> logger.setLevel(Level.OFF));
    served = new Served(fireside.platform(), NumbersFunction.class);
  }

  @AfterAll
  static void stop() {
    QUIET.forEach(logger -> logger.setLevel(null));
    served.close();
  }

  private static Answer csv(String path) {
    return served.get(path, "Accept", "text/csv");
  }

  private static long ended(String route, String status) {
    Timer timer =
        fireside
            .platform()
            .meters()
            .find("http.duration")
            .tags("method", "GET", "route", route, "status", status)
            .timer();
    return timer == null ? 0 : timer.count();
  }

  @Test
  void aListIsAFileForWhoeverTakesCsv() {
    Answer answer = csv("/api/numbers");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text())
        .isEqualTo("number,text\r\n0,number 0\r\n1,number 1\r\n2,number 2\r\n");
    assertThat(answer.header("Content-Type")).isEqualTo("text/csv; charset=utf-8; header=present");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"numbers.csv\"");
    assertThat(answer.header("Vary")).contains("Accept");
    assertThat(answer.header("X-Request-Id")).isNotEmpty();
  }

  @Test
  void othersGetAPageAsJson() {
    Answer answer =
        served.get("/api/numbers?limit=2", "Accept", "application/json, text/csv;q=0.5");

    assertThat(answer.body().path("items")).hasSize(2);
    assertThat(answer.body().path("nextCursor").asText()).isNotEmpty();
    assertThat(answer.header("Vary")).contains("Accept");
    assertThat(served.get("/api/numbers").header("Content-Type")).startsWith("application/json");
  }

  @Test
  void aFileHasNoPages() {
    for (String part : List.of("limit", "cursor")) {
      Answer answer = csv("/api/numbers?" + part + "=2");
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body().path("errors").path(0).path("field").asText()).isEqualTo("?" + part);
    }
  }

  @Test
  void aLongListComesWhole() {
    assertThat(csv("/api/numbers?end=200000").text().lines())
        .hasSize(200_001)
        .last()
        .isEqualTo("199999,number 199999");
  }

  @Test
  void headReadsNoFurtherThanTheFirstPart() {
    Answer answer = served.send("HEAD", "/api/endless", "", "Accept", "text/csv");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).startsWith("text/csv");
    assertThat(answer.text()).isEmpty();
  }

  @Test
  void whatFailsAtTheStartIsAProblem() {
    Answer answer = csv("/api/broken?at=0");

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.problem()).isEqualTo("internal");
    assertThat(answer.header("Content-Disposition")).isEmpty();
  }

  @Test
  void whatFailsLaterEndsTheConnectionWithoutAnEnd() {
    long before = ended("/api/broken", "500");
    for (String coding : List.of("identity", "gzip")) {
      for (int at : List.of(501, 20_000)) {
        assertThatThrownBy(() ->
                served.get("/api/broken?at=" + at, "Accept", "text/csv", "Accept-Encoding", coding))
            .as(coding + " " + at)
            .isInstanceOf(UncheckedIOException.class);
      }
    }
    await().until(() -> ended("/api/broken", "500") >= before + 4);
  }

  @Test
  void nothingMoreIsReadOnceTheClientHasGone() throws IOException {
    long before = ended("/api/endless", "200");
    try (var socket = new Socket(served.uri().getHost(), served.uri().getPort())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/endless HTTP/1.1\r\nHost: x\r\nAccept: text/csv\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      var lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      assertThat(lines.lines().anyMatch("number,text"::equals)).isTrue();
    }
    await().until(() -> ended("/api/endless", "200") > before);
  }
}
