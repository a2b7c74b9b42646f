package dev.fireside.benchmarks.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {
  private static final URI BASE = URI.create("http://127.0.0.1:8080");
  private static final Player ANN = new Player("ann", "token");

  @ParameterizedTest
  @CsvSource({
    "WRITE, POST /api/leaderboards/board/scores",
    "TOP, GET /api/leaderboards/board/scores?limit=100",
    "AROUND, GET /api/leaderboards/board/around/ann?limit=100",
    "RANK, GET /api/leaderboards/board/scores?owners=ann",
  })
  void speaksToFireside(Operation operation, String line) {
    String request = request(new FiresideTarget(BASE, "board", 10), operation);
    assertThat(request).startsWith(line + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n");
    assertThat(request).contains("\r\nAuthorization: Bearer token\r\n");
    if (operation == Operation.WRITE) {
      assertThat(request).endsWith("Content-Length: 11\r\n\r\n{\"score\":5}");
    } else {
      assertThat(request).endsWith("\r\n\r\n");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "WRITE, POST /v2/leaderboard/board",
    "TOP, GET /v2/leaderboard/board?limit=100",
    "AROUND, GET /v2/leaderboard/board/owner/ann?limit=100",
    "RANK, GET /v2/leaderboard/board?owner_ids=ann",
  })
  void speaksToNakama(Operation operation, String line) {
    String request = request(new NakamaTarget(BASE, "board", 10), operation);
    assertThat(request).startsWith(line + " HTTP/1.1\r\n");
    if (operation == Operation.WRITE) {
      assertThat(request).endsWith("\r\n\r\n{\"score\":\"5\",\"operator\":\"SET\"}");
    }
  }

  private static String request(Target target, Operation operation) {
    // Always five of ten.
    var random =
        new RandomGenerator() {
          @Override
          public long nextLong() {
            return 0;
          }

          @Override
          public int nextInt(int bound) {
            return bound / 2;
          }
        };
    return new String(target.request(operation, ANN, random), StandardCharsets.UTF_8);
  }
}
