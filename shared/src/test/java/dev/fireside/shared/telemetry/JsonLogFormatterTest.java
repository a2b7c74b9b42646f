package dev.fireside.shared.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonLogFormatterTest {
  private final JsonLogFormatter formatter = new JsonLogFormatter("fireside-prod", "feed");

  private JsonNode line(LogRecord record) throws IOException {
    String text = formatter.format(record);
    assertThat(text).endsWith("\n").containsOnlyOnce("\n");
    return Json.mapper().readTree(text);
  }

  @Test
  void writesOneLineThatCloudLoggingUnderstands() throws IOException {
    var record = new LogRecord(Level.INFO, "two\nlines \"quoted\" \u0001 ü😀");
    record.setLoggerName("dev.fireside.Some");
    record.setInstant(Instant.parse("2026-01-01T12:00:00.123456Z"));

    JsonNode line = line(record);

    assertThat(line.path("severity").asText()).isEqualTo("INFO");
    assertThat(line.path("time").asText()).isEqualTo("2026-01-01T12:00:00.123456Z");
    assertThat(line.path("message").asText()).isEqualTo("two\nlines \"quoted\" \u0001 ü😀");
    assertThat(line.path("logger").asText()).isEqualTo("dev.fireside.Some");
    assertThat(line.path("service").asText()).isEqualTo("feed");
    assertThat(line.has("logging.googleapis.com/trace")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "SEVERE,ERROR",
    "WARNING,WARNING",
    "INFO,INFO",
    "CONFIG,DEBUG",
    "FINE,DEBUG",
    "FINEST,DEBUG"
  })
  void namesSeveritiesAsCloudLoggingDoes(String level, String severity) throws IOException {
    assertThat(line(new LogRecord(Level.parse(level), "x")).path("severity").asText())
        .isEqualTo(severity);
  }

  @Test
  void belongsToTheTraceOfTheWork() throws Exception {
    Trace trace = Trace.from(null, null);

    JsonNode line =
        ScopedValue.where(Trace.CURRENT, trace).call(() -> line(new LogRecord(Level.INFO, "x")));

    assertThat(line.path("logging.googleapis.com/trace").asText())
        .isEqualTo("projects/fireside-prod/traces/" + trace.traceId());
    assertThat(line.path("logging.googleapis.com/spanId").asText()).isEqualTo(trace.spanId());
  }

  @Test
  void anExceptionStandsInTheMessage() throws IOException {
    var record = new LogRecord(Level.SEVERE, "It broke");
    record.setThrown(new IllegalStateException("outer", new IOException("inner")));

    assertThat(line(record).path("message").asText())
        .startsWith("It broke\njava.lang.IllegalStateException: outer")
        .contains("Caused by: java.io.IOException: inner", "JsonLogFormatterTest");
  }

  @Test
  void mapsAmongTheParametersBecomeFields() throws IOException {
    var record = new LogRecord(Level.INFO, "request");
    record.setParameters(
        new Object[] {"text", Map.of("httpRequest", Map.of("status", 200), "message", "forged")});

    JsonNode line = line(record);

    assertThat(line.path("httpRequest").path("status").asInt()).isEqualTo(200);
    assertThat(line.path("message").asText()).isEqualTo("request");
  }

  @Test
  void valuesThatAreNoJsonDoNotLoseTheLine() throws IOException {
    var fields = new HashMap<String, Object>();
    fields.put("at", Instant.EPOCH);
    fields.put("took", Duration.ofSeconds(1));
    fields.put("nothing", null);
    fields.put("thread", Thread.currentThread());
    var record = new LogRecord(Level.WARNING, "odd");
    record.setParameters(new Object[] {fields});

    JsonNode line = line(record);

    assertThat(line.path("message").asText()).isEqualTo("odd");
    assertThat(line.path("severity").asText()).isEqualTo("WARNING");
    assertThat(line.path("at").asText()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @Test
  void recordsWithoutAMessageOrALoggerAreWrittenToo() throws IOException {
    assertThat(line(new LogRecord(Level.INFO, null)).path("severity").asText()).isEqualTo("INFO");
  }
}
