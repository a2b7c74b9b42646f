package dev.fireside.benchmarks.leaderboards;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.benchmarks.load.HttpConnection;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// A Nakama server with the key `defaultkey`. Its board has to be there: only code inside the
/// server makes boards.
final class NakamaTarget implements Target {
  private static final String KEY =
      "Basic "
          + Base64.getEncoder().encodeToString("defaultkey:".getBytes(StandardCharsets.US_ASCII));

  private final URI base;
  private final String path;
  private final int scores;

  /// @param scores scores are drawn below this
  NakamaTarget(URI base, String board, int scores) {
    this.base = base;
    this.path = "/v2/leaderboard/" + board;
    this.scores = scores;
  }

  @Override
  public String name() {
    return "nakama";
  }

  @Override
  public URI base() {
    return base;
  }

  @Override
  public List<Player> players(int count) throws IOException {
    var players = new ArrayList<Player>();
    try (var connection = new HttpConnection(base)) {
      for (int i = 0; i < count; i++) {
        byte[] request =
            HttpConnection.request(
                base,
                "POST",
                "/v2/account/authenticate/device?create=true",
                KEY,
                "{\"id\":\"benchmark-" + String.format("%07d", i) + "\"}");
        String token = Json.mapper().readTree(ok(connection, request)).path("token").asText();
        JsonNode claims =
            Json.mapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        var player = new Player(claims.path("uid").asText(), token);
        // Only who has a score has a rank.
        ok(connection, request(Operation.WRITE, player, new SplittableRandom(i)));
        players.add(player);
      }
    }
    return players;
  }

  private static String ok(HttpConnection connection, byte[] request) throws IOException {
    HttpConnection.Answer answer = connection.exchange(request);
    if (answer.status() != 200) {
      throw new IllegalStateException(answer.status() + " " + answer.text());
    }
    return answer.text();
  }

  @Override
  public byte[] request(Operation operation, Player player, RandomGenerator random) {
    String bearer = "Bearer " + player.token();
    return switch (operation) {
      case WRITE ->
          HttpConnection.request(
              base,
              "POST",
              path,
              bearer,
              "{\"score\":\"" + random.nextInt(scores) + "\",\"operator\":\"SET\"}");
      case TOP -> HttpConnection.request(base, "GET", path + "?limit=100", bearer, null);
      case AROUND ->
          HttpConnection.request(
              base, "GET", path + "/owner/" + player.uid() + "?limit=100", bearer, null);
      // Without a limit: with one it asks for the top as well.
      case RANK ->
          HttpConnection.request(base, "GET", path + "?owner_ids=" + player.uid(), bearer, null);
    };
  }

  @Override
  public void check(Player player) throws IOException {
    try (var connection = new HttpConnection(base)) {
      byte[] request =
          HttpConnection.request(base, "GET", path + "?limit=1", "Bearer " + player.token(), null);
      ok(connection, request);
    }
  }
}
