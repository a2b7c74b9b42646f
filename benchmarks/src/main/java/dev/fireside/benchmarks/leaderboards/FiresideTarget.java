package dev.fireside.benchmarks.leaderboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.benchmarks.load.HttpConnection;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Fireside's local cloud, which hands out tokens at `/_local/token`.
final class FiresideTarget implements Target {
  private static final Duration RANKS_LIMIT = Duration.ofMinutes(30);
  private static final long PAUSE_MILLIS = 200;

  private final URI base;
  private final String board;
  private final int scores;

  /// @param scores scores are drawn below this
  FiresideTarget(URI base, String board, int scores) {
    this.base = base;
    this.board = board;
    this.scores = scores;
  }

  @Override
  public String name() {
    return "fireside";
  }

  @Override
  public URI base() {
    return base;
  }

  /// Makes the board, unless it exists.
  void openBoard() throws IOException {
    String admin = token(null, "benchmark-admin", "{\"roles\":[\"admin\"]}");
    String body =
        "{\"id\":\""
            + board
            + "\",\"title\":\"Benchmark\",\"operator\":\"set\",\"periods\":[\"all-time\"],\"session\":\"optional\"}";
    try (var connection = new HttpConnection(base)) {
      HttpConnection.Answer answer =
          connection.exchange(
              HttpConnection.request(base, "POST", "/api/leaderboards", "Bearer " + admin, body));
      if (answer.status() != 200 && answer.status() != 201) {
        throw new IllegalStateException(answer.status() + " " + answer.text());
      }
    }
  }

  @Override
  public List<Player> players(int count) throws IOException {
    var players = new ArrayList<Player>();
    try (var connection = new HttpConnection(base)) {
      for (int i = 0; i < count; i++) {
        // Spread over all ranks, as they were filled at random.
        String uid = Rows.uid(i);
        players.add(new Player(uid, token(connection, uid, "{}")));
      }
    }
    return players;
  }

  private String token(@Nullable HttpConnection open, String uid, String claims)
      throws IOException {
    try (var own = new HttpConnection(base)) {
      HttpConnection.Answer answer =
          (open == null ? own : open)
              .exchange(
                  HttpConnection.request(
                      base,
                      "POST",
                      "/_local/token",
                      null,
                      "{\"uid\":\"" + uid + "\",\"claims\":" + claims + "}"));
      if (answer.status() != 200) {
        throw new IllegalStateException(answer.status() + " " + answer.text());
      }
      return Json.mapper().readTree(answer.text()).path("idToken").asText();
    }
  }

  @Override
  public byte[] request(Operation operation, Player player, RandomGenerator random) {
    String path = "/api/leaderboards/" + board;
    String bearer = "Bearer " + player.token();
    return switch (operation) {
      case WRITE ->
          HttpConnection.request(
              base, "POST", path + "/scores", bearer, "{\"score\":" + random.nextInt(scores) + "}");
      case TOP -> HttpConnection.request(base, "GET", path + "/scores?limit=100", bearer, null);
      case AROUND ->
          HttpConnection.request(
              base, "GET", path + "/around/" + player.uid() + "?limit=100", bearer, null);
      case RANK ->
          HttpConnection.request(
              base, "GET", path + "/scores?owners=" + player.uid(), bearer, null);
    };
  }

  @Override
  public void check(Player player) throws IOException {
    awaitRanks(player);
  }

  /// Asks for the top until its ranks are known, which makes the server build them.
  ///
  /// @return how long that took
  Duration awaitRanks(Player player) throws IOException {
    long start = System.nanoTime();
    byte[] request =
        HttpConnection.request(
            base,
            "GET",
            "/api/leaderboards/" + board + "/scores?limit=1",
            "Bearer " + player.token(),
            null);
    try (var connection = new HttpConnection(base)) {
      while (true) {
        HttpConnection.Answer answer = connection.exchange(request);
        if (answer.status() != 200) {
          throw new IllegalStateException(answer.status() + " " + answer.text());
        }
        JsonNode page = Json.mapper().readTree(answer.text());
        var waited = Duration.ofNanos(System.nanoTime() - start);
        if (!page.path("rebuilding").asBoolean()) {
          return waited;
        }
        if (waited.compareTo(RANKS_LIMIT) > 0) {
          throw new IllegalStateException("The ranks are not known after " + RANKS_LIMIT);
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while ranks were built", e);
    }
  }
}
