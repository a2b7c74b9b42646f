package dev.fireside.acceptance.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.DevTask;
import dev.fireside.emulator.LocalProject;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Walks the product line as a real HTTP client, from a first sign-in to a deleted account, prints
/// each step with its time, and fails at the first that does not do what it should.
public final class Smoke implements DevTask {
  private static final Duration EVENTUALLY = Duration.ofSeconds(15);
  private static final Duration POLL = Duration.ofMillis(50);

  @Override
  public String name() {
    return "smoke";
  }

  @Override
  public int run(LocalProject project, PrintStream out) {
    try (var http = new SmokeClient(project.baseUrl())) {
      return new Walk(http, out).all() ? 0 : 1;
    }
  }

  /// The steps, in their order.
  private static final class Walk {
    private final SmokeClient http;
    private final GameSteps games;
    private final PrintStream out;
    private String post = "";
    private String comment = "";
    private boolean failed;

    Walk(SmokeClient http, PrintStream out) {
      this.http = http;
      this.games = new GameSteps(http);
      this.out = out;
    }

    boolean all() {
      step("Sign in: Ada, Bob, Eve and an admin", this::signIn);
      step("Make profiles with unique handles", this::makeProfiles);
      step("Read a profile by id and by @handle", this::readProfiles);
      step("Bob follows Ada; the totals say so", this::follow);
      step("Ada posts; it reaches Bob's home feed", this::post);
      step("The post is found by its hashtag", this::findByHashtag);
      step("Bob likes it twice, it counts once", this::like);
      step("Bob comments, Ada replies", this::comment);
      step("Bob reposts and quotes it", this::repost);
      step("It trends when enough people care", this::trend);
      step("A page of the feed goes on at its cursor", this::page);
      step("The for-you feed has it too", this::forYou);
      step("Ada blocks Eve: neither sees the other", this::block);
      step("An admin suspends Eve, and lifts it", this::suspend);
      step("Wrong input gets a problem that names the field", this::refuse);
      step("An admin opens a board; a score without a game is refused", games::makeBoard);
      step("Three signed games: the first at 80 stays ahead", games::play);
      step("Pages, friends, around Bob, Eve's own ranks", games::rank);
      step("Bob uses up what he was given, and no more", games::own);
      step("A live event: join, score, claim once", games::liveEvent);
      step("Ada deletes the post: it leaves every feed", this::deletePost);
      step("Bob signs out everywhere: his token is refused", this::signOut);
      step("Ada deletes her account: her profile is gone", this::deleteAccount);
      out.println(failed ? "\nThe walk failed." : "\nAll steps passed.");
      return !failed;
    }

    private boolean signIn() {
      http.signIn("ada", Map.of());
      http.signIn("bob", Map.of());
      http.signIn("eve", Map.of());
      http.signIn("root-admin", Map.of("roles", new String[] {"admin"}));
      for (int i = 0; i < 5; i++) {
        http.signIn("fan" + i, Map.of());
      }
      return http.status("GET", "/api/feed", "ada", null) == 200
          && http.status("GET", "/api/feed", null, null) == 401;
    }

    private boolean makeProfiles() {
      boolean made =
          makeProfile("ada", "ada", 201)
              && makeProfile("bob", "bob", 201)
              && makeProfile("eve", "ada", 409)
              && makeProfile("eve", "eve", 201);
      for (int i = 0; i < 5; i++) {
        made &= makeProfile("fan" + i, "fan" + i, 201);
      }
      return made;
    }

    private boolean makeProfile(String uid, String handle, int expected) {
      return http.status(
              "POST", "/api/users", uid, Map.of("handle", handle, "displayName", "I am " + uid))
          == expected;
    }

    private boolean readProfiles() {
      return http.get("/api/users/@ada", "bob").path("uid").asText().equals("ada")
          && http.get("/api/users/bob", null).path("handle").asText().equals("bob");
    }

    private boolean follow() {
      return http.status("PUT", "/api/users/ada/follow", "bob", null) == 204
          && eventually(() -> http.get("/api/users/ada", null).at("/counts/followers").asInt() == 1)
          && has(http.get("/api/users/ada/followers", "ada"), "uid", "bob");
    }

    private boolean post() {
      JsonNode made =
          http.send("POST", "/api/posts", "ada", Map.of("text", "First light #fireside @bob"));
      post = made.path("id").asText();
      return !post.isEmpty() && eventually(() -> inFeed("bob", post));
    }

    private boolean findByHashtag() {
      return eventually(() -> has(http.get("/api/hashtags/FireSide", null), "id", post));
    }

    private boolean like() {
      Map<String, String> like = Map.of("postId", post, "kind", "like");
      return http.status("POST", "/api/reactions", "bob", like) == 201
          && http.status("POST", "/api/reactions", "bob", like) == 200
          && eventually(() -> count("like") == 1)
          && http.get("/api/posts/" + post, "bob")
              .at("/viewer/reactions/0")
              .asText()
              .equals("like");
    }

    private boolean comment() {
      JsonNode first =
          http.send("POST", "/api/posts/" + post + "/comments", "bob", Map.of("text", "Bright!"));
      comment = first.path("id").asText();
      JsonNode reply =
          http.send(
              "POST",
              "/api/posts/" + post + "/comments",
              "ada",
              Map.of("text", "Thank you", "parent", comment));
      return !reply.path("id").asText().isEmpty()
          && has(http.get("/api/posts/" + post + "/comments", null), "id", comment)
          && eventually(() -> count("comments") == 2);
    }

    private boolean repost() {
      return http.status("POST", "/api/posts", "bob", Map.of("repost", post)) == 201
          && http.status("POST", "/api/posts", "bob", Map.of("quote", post, "text", "See")) == 201
          && eventually(() -> count("reposts") == 1 && count("quotes") == 1);
    }

    private boolean trend() {
      for (int i = 0; i < 5; i++) {
        http.send("POST", "/api/reactions", "fan" + i, Map.of("postId", post, "kind", "love"));
      }
      return eventually(() -> count("love") == 5)
          && has(http.get("/api/trending", "fan0"), "id", post);
    }

    private boolean page() {
      http.send("POST", "/api/posts", "ada", Map.of("text", "Second"));
      // Ada's two posts, the first as reposted by Bob, and his quote.
      if (!eventually(() -> http.get("/api/feed", "bob").path("items").size() == 3)) {
        return false;
      }
      JsonNode first = http.get("/api/feed?limit=1", "bob");
      String cursor = first.path("nextCursor").asText();
      JsonNode second = http.get("/api/feed?limit=1&cursor=" + cursor, "bob");
      return !cursor.isEmpty()
          && !second.at("/items/0/id").asText().equals(first.at("/items/0/id").asText())
          && http.status("GET", "/api/feed?cursor=" + cursor, "ada", null) == 400;
    }

    private boolean forYou() {
      return shows(http.get("/api/feed?rank=foryou&limit=50", "bob"), post);
    }

    private boolean block() {
      return http.status("PUT", "/api/users/ada/block", "eve", null) == 204
          && http.status("GET", "/api/users/ada", "eve", null) == 404
          && http.status("GET", "/api/users/eve", "ada", null) == 404
          && http.status("GET", "/api/posts/" + post, "eve", null) == 404
          && http.status("DELETE", "/api/users/ada/block", "eve", null) == 204;
    }

    private boolean suspend() {
      return http.status("PUT", "/api/users/eve/suspension", "bob", null) == 403
          && http.status("PUT", "/api/users/eve/suspension", "root-admin", null) == 204
          && http.status("GET", "/api/feed", "eve", null) == 403
          && http.status("GET", "/api/users/eve", null, null) == 404
          && http.status("DELETE", "/api/users/eve/suspension", "root-admin", null) == 204
          && eventually(() -> http.status("GET", "/api/feed", "eve", null) == 200);
    }

    private boolean refuse() {
      JsonNode problem = http.send("POST", "/api/posts", "ada", Map.of("text", 7));
      return problem.path("status").asInt() == 400
          && problem.at("/errors/0/field").asText().equals("text");
    }

    private boolean deletePost() {
      return http.status("DELETE", "/api/posts/" + post, "bob", null) == 403
          && http.status("DELETE", "/api/posts/" + post, "ada", null) == 204
          && !inFeed("bob", post)
          && http.status("GET", "/api/posts/" + post, null, null) == 404;
    }

    private boolean signOut() {
      return http.status("POST", "/api/users/me/sign-out", "bob", null) == 204
          && http.status("GET", "/api/feed", "bob", null) == 401;
    }

    private boolean deleteAccount() {
      return http.status("DELETE", "/api/users/me", "ada", null) < 300
          && eventually(() -> http.status("GET", "/api/users/@ada", null, null) == 404)
          && eventually(() -> http.status("GET", "/api/feed", "ada", null) == 401);
    }

    private int count(String name) {
      return http.get("/api/posts/" + post, null).path("counts").path(name).asInt();
    }

    private boolean inFeed(String uid, String id) {
      return shows(http.get("/api/feed", uid), id);
    }

    /// Whether a page has a post, as it is or reposted.
    private static boolean shows(JsonNode page, String id) {
      for (JsonNode item : page.path("items")) {
        boolean reposted = item.path("kind").asText().equals("repost");
        if ((reposted ? item.at("/ref/id") : item.path("id")).asText().equals(id)) {
          return true;
        }
      }
      return false;
    }

    private static boolean has(JsonNode page, String field, String value) {
      for (JsonNode item : page.path("items")) {
        if (item.path(field).asText().equals(value)) {
          return true;
        }
      }
      return false;
    }

    private void step(String what, BooleanSupplier step) {
      if (failed) {
        return;
      }
      long start = System.nanoTime();
      boolean passed = step.getAsBoolean();
      long millis = (System.nanoTime() - start) / 1_000_000;
      out.printf(Locale.ROOT, "  %s  %,6d ms  %s%n", passed ? "ok  " : "FAIL", millis, what);
      if (!passed) {
        out.println("        last answer: " + http.lastAnswer());
        failed = true;
      }
    }

    private static boolean eventually(BooleanSupplier condition) {
      long deadline = System.nanoTime() + EVENTUALLY.toNanos();
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        try {
          Thread.sleep(POLL);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }
}
