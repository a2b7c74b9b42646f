package dev.fireside.benchmarks.coldstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.LocalProject;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.redis.Redis;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// What the first answers are about: two people, one of whom follows the other's posts, a board and
/// an inventory.
///
/// @param token of the person who asks
/// @param routes the route that is asked for, by function
record World(String token, Map<String, String> routes) {
  private static final int POSTS = 20;
  private static final Duration SETTLED = Duration.ofSeconds(60);

  /// Redis knows these for as long as a function of a busy product needs them. Without them each
  /// answer has something to ask Firestore for.
  private static final List<String> FORGOTTEN =
      List.of("user:", "post:", "catalogue", "activeEvents", "rate:");

  World {
    routes = Map.copyOf(routes);
  }

  /// Has Redis forget what was read from Firestore.
  static void forget(Redis redis) {
    FORGOTTEN.forEach(redis::unlinkPrefix);
  }

  /// Makes it with a project's own functions.
  static World make(LocalProject project) throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return new Maker(project, http).make();
    }
  }

  private record Maker(LocalProject project, HttpClient http) {
    World make() throws IOException, InterruptedException {
      String ada = project.token("ada", Map.of());
      String bob = project.token("bob", Map.of());
      String admin = project.token("root-admin", Map.of("roles", List.of("admin")));
      send("POST", "/api/users", ada, Map.of("handle", "ada", "displayName", "Ada"));
      send("POST", "/api/users", bob, Map.of("handle", "bob", "displayName", "Bob"));
      send("PUT", "/api/users/ada/follow", bob, Map.of());
      String post = "";
      for (int i = 0; i < POSTS; i++) {
        post =
            send("POST", "/api/posts", ada, Map.of("text", "Post " + i + " #fireside"))
                .path("id")
                .asText();
      }
      send(
          "POST",
          "/api/leaderboards",
          admin,
          Map.of(
              "id",
              "arena",
              "title",
              "Arena",
              "periods",
              List.of("all-time"),
              "session",
              "optional"));
      send("POST", "/api/leaderboards/arena/scores", ada, Map.of("score", 120));
      send("POST", "/api/leaderboards/arena/scores", bob, Map.of("score", 110));
      send("PUT", "/api/inventory/currencies/GEM", admin, Map.of("title", "Gems"));
      send(
          "POST",
          "/api/inventory/grants",
          admin,
          Map.of(
              "uid",
              "bob",
              "currencies",
              List.of(Map.of("code", "GEM", "amount", 50)),
              "reason",
              "a benchmark"));
      project.settle(SETTLED);
      var routes =
          Map.of(
              "accounts",
              "/api/users/ada",
              "posts",
              "/api/posts/" + post,
              "feed",
              "/api/feed",
              "leaderboards",
              "/api/leaderboards/arena/scores",
              "games",
              "/api/inventory",
              "payments",
              "/api/entitlements",
              "payouts",
              "/api/payouts/statements");
      for (String route : routes.values()) {
        // Builds what Redis holds for good: the timeline and the ranks.
        send("GET", route, bob, Map.of());
      }
      return new World(bob, routes);
    }

    private JsonNode send(String method, String path, String token, Object body)
        throws IOException, InterruptedException {
      var request =
          HttpRequest.newBuilder(URI.create(project.baseUrl() + path))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .method(
                  method,
                  method.equals("GET")
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofString(Json.mapper().writeValueAsString(body)))
              .build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      if (answer.statusCode() >= 300) {
        throw new IOException(
            method + " " + path + " -> " + answer.statusCode() + " " + answer.body());
      }
      return answer.body().isEmpty()
          ? Json.mapper().createObjectNode()
          : Json.mapper().readTree(answer.body());
    }
  }
}
