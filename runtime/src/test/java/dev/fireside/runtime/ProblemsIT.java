package dev.fireside.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsIT {
  private static Served served;

  @BeforeAll
  static void serve() throws IOException {
    served = new Served(ServerOptions.local(0));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static JsonNode problem(HttpResponse<byte[]> answer, int status) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    JsonNode problem = Json.mapper().readTree(answer.body());
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("traceId").asText()).matches("[0-9a-f]{32}");
    return problem;
  }

  @Test
  void aPathWithoutAFunctionIsNotFound() throws Exception {
    JsonNode problem = problem(served.get("/api/nothing"), 404);

    assertThat(problem.path("type").asText()).isEqualTo("urn:fireside:problem:not-found");
    assertThat(problem.path("detail").asText()).isEqualTo("There is no function at this path");
  }

  @Test
  void aProblemKeepsTheCallersTrace() throws Exception {
    var request =
        served
            .request("/api/nothing")
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(problem(served.send(request), 404).path("traceId").asText())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/echo/a%2Fb", "/api//echo", "/api/echo/%2e%2e/x", "/api/echo/..;/x"})
  void aPathThatCanBeReadInTwoWaysIsRefused(String path) throws Exception {
    assertThat(problem(served.get(path), 400).path("type").asText())
        .isEqualTo("urn:fireside:problem:invalid-input");
  }

  @Test
  void aFunctionThatThrowsIsAnInternalProblem() throws Exception {
    JsonNode problem = problem(served.get("/api/broken"), 500);

    assertThat(problem.path("type").asText()).isEqualTo("urn:fireside:problem:internal");
    assertThat(problem.toString()).doesNotContain("on purpose");
  }

  @Test
  void everyMethodGetsABodyButHead() throws Exception {
    problem(served.send(served.request("/api/nothing").DELETE()), 404);
    var head = served.send(served.request("/api/nothing").HEAD());
    assertThat(head.statusCode()).isEqualTo(404);
    assertThat(head.body()).isEmpty();
  }

  @Test
  void aBodyLargerThanAnyEventIsRefused() throws Exception {
    var request =
        served
            .request("/api/echo")
            // Who sends it all the same may see the end of the connection before the answer.
            .expectContinue(true)
            .POST(BodyPublishers.ofByteArray(new byte[11 * 1024 * 1024]));

    assertThat(problem(served.send(request), 413).path("type").asText())
        .isEqualTo("urn:fireside:problem:payload-too-large");
  }

  @Test
  void headersThatAreTooLargeAreRefused() throws Exception {
    var request = served.request("/api/echo").header("X-Large", "x".repeat(20_000));

    problem(served.send(request), 431);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "GET /api/echo/%00 HTTP/1.1|Host: a|| > 400",
        "GET /api/echo/%zz HTTP/1.1|Host: a|| > 400",
        "GET /api/echo HTTP/1.1|| > 400",
        "POST /api/echo HTTP/1.1|Host: a|Content-Length: +3||abc > 400",
        "POST /api/echo HTTP/1.1|Host: a|Content-Length: 3|Transfer-Encoding: chunked||abc > 400",
        "POST /api/echo HTTP/1.1|Host: a|Transfer-Encoding: gzip, chunked||1|a|0|| > 501",
        "POST /api/echo HTTP/1.1|Host: a|Expect: 100-continue|Content-Length: 30000000|| > 413",
        "POST /api/nothing HTTP/1.1|Host: a|Expect: 100-continue|Content-Length: 300|| > 404"
      })
  void whatIsNotUnderstoodIsAnsweredAndEndsTheConnection(String request, int status)
      throws Exception {
    String answer = served.raw(request.replace("|", "\r\n"));

    assertThat(answer)
        .startsWith("HTTP/1.1 " + status)
        .contains("\r\nConnection: close\r\n", "application/problem+json")
        .doesNotContain("100 Continue");
  }
}
