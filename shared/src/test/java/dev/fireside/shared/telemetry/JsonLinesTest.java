package dev.fireside.shared.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JsonLinesTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final JsonLines lines = new JsonLines(new Plain(), out);

  @Test
  void aLineIsWrittenWhenPublishReturns() {
    lines.publish(new LogRecord(Level.INFO, "ü"));

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("ü\n");
  }

  @Test
  void linesOfManyThreadsAreAllWrittenEachWhole() {
    List<String> messages = IntStream.range(0, 5_000).mapToObj(i -> "line " + i).toList();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      messages.forEach(
          message -> threads.execute(() -> lines.publish(new LogRecord(Level.INFO, message))));
    }

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactlyInAnyOrderElementsOf(messages);
  }

  @Test
  void aRecordBelowTheLevelIsLeftOut() {
    lines.setLevel(Level.WARNING);
    lines.publish(new LogRecord(Level.INFO, "x"));

    assertThat(out.size()).isZero();
  }

  @Test
  void aFailingFormatterLosesOnlyItsOwnLine() {
    lines.setErrorManager(
        new java.util.logging.ErrorManager() {
          @Override
          public void error(String message, Exception e, int code) {
            // Said nowhere: the report is to show what failed.
          }
        });
    lines.publish(new LogRecord(Level.INFO, null));
    lines.publish(new LogRecord(Level.INFO, "x"));

    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("x\n");
  }

  private static final class Plain extends Formatter {
    @Override
    public String format(LogRecord record) {
      return record.getMessage().concat("\n");
    }
  }
}
