package dev.fireside.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.aayushatharva.brotli4j.decoder.BrotliInputStream;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class CompressionIT {
  private static final String LARGE = "/api/echo?padding=20000";
  private static final String SMALL = "/api/echo";

  private static Served served;

  @BeforeAll
  static void serve() throws IOException {
    served = new Served(ServerOptions.local(0));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  private static HttpResponse<byte[]> get(String path, String accept) throws Exception {
    return served.send(served.request(path).header("Accept-Encoding", accept));
  }

  @Test
  void largeAnswersAreCompressedWithGzip() throws Exception {
    var answer = get(LARGE, "gzip");

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(answer.headers().allValues("Vary")).contains("Accept-Encoding");
    assertThat(answer.body()).hasSizeLessThan(2_000);
    try (var in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(Json.mapper().readTree(in).path("padding").asText()).hasSize(20_000);
    }
  }

  @Test
  void brotliIsPreferredWhereTheCallerTakesIt() throws Exception {
    var answer = get(LARGE, "gzip, deflate, br");

    assertThat(answer.headers().firstValue("Content-Encoding")).contains("br");
    try (var in = new BrotliInputStream(new ByteArrayInputStream(answer.body()))) {
      JsonNode body = Json.mapper().readTree(in);
      assertThat(body.path("padding").asText()).hasSize(20_000);
    }
  }

  @Test
  void smallAnswersAndPlainCallersAreSentAsTheyAre() throws Exception {
    assertThat(get(SMALL, "gzip").headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(served.get(LARGE).headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(get(LARGE, "gzip;q=0").headers().firstValue("Content-Encoding")).isEmpty();
  }

  @Test
  void anAnswersTagIsTheSameHoweverItIsPacked() throws Exception {
    for (String accepted : List.of("gzip", "br", "identity")) {
      assertThat(get(LARGE, accepted).headers().firstValue("ETag")).contains("W/\"tag\"");
    }
  }

  @Test
  void whoTakesNothingThatThereIsGetsA406() throws Exception {
    for (String accepted : List.of("identity;q=0", "*;q=0", "gzip;q=0.0, *;q=0, br;q=0")) {
      assertThat(get(LARGE, accepted).statusCode()).as(accepted).isEqualTo(406);
    }
    for (String accepted : List.of("gzip, *;q=0", "identity;q=0, br", "zstd;q=0")) {
      assertThat(get(LARGE, accepted).statusCode()).as(accepted).isEqualTo(200);
    }
  }

  @Test
  void compressedBodiesOfRequestsAreNotUnfolded() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(new byte[100_000]);
    }
    var request =
        served
            .request(SMALL)
            .header("Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray()));

    assertThat(Json.mapper().readTree(served.send(request).body()).path("bytes").asInt())
        .isEqualTo(bytes.size());
  }
}
