package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Square square = new Square(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void writesAPostAndShowsItToEverybody() {
    square.people("ann", "bob");

    Reply made =
        square
            .as("ann")
            .post(
                "/api/posts",
                Map.of(
                    "text",
                    "  Hi @Bob and @nobody: #Ｊａｖａ #java #Çay ",
                    "media",
                    List.of(
                        Map.of(
                            "type",
                            "image",
                            "url",
                            "https://cdn.example/a.jpg",
                            "width",
                            640,
                            "height",
                            480))));

    assertThat(made.status()).isEqualTo(201);
    String id = made.body().path("id").asText();
    assertThat(made.header("Location")).contains("/api/posts/" + id);
    Reply read = fireside.http().anonymous().get("/api/posts/" + id);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.body().path("text").asText())
        .isEqualTo("Hi @Bob and @nobody: #Ｊａｖａ #java #Çay");
    assertThat(read.body().path("author").path("handle").asText()).isEqualTo("ann");
    assertThat(Square.texts(read.body().path("hashtags"))).containsExactly("java", "çay");
    assertThat(read.body().path("media").path(0).path("width").asInt()).isEqualTo(640);
    assertThat(square.postDocument(id).fields().texts("mentions")).containsExactly("bob");
    String tag = read.header("ETag").orElseThrow();
    Reply again = fireside.http().anonymous().header("If-None-Match", tag).get("/api/posts/" + id);
    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void costsOneWriteAndNoReadWhenWarm() {
    square.people("ann");
    square.post("ann", "warm");
    fireside.settle();
    fireside.faults().holdAll();
    var ann = square.as("ann");
    var before = fireside.counts();

    assertThat(ann.post("/api/posts", Map.of("text", "one")).status()).isEqualTo(201);

    var cost = fireside.counts().minus(before);
    assertThat(cost.writes()).isOne();
    assertThat(cost.reads()).isZero();
    fireside.faults().clear();
    fireside.settle();
  }

  @Test
  void wantsAProfileFirst() {
    Reply reply = square.as("stranger").post("/api/posts", Map.of("text", "Hello"));

    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.body().path("detail").asText()).contains("/api/users");
  }

  @Test
  void answersARepeatedRequestLikeTheFirst() {
    square.people("ann");
    var ann = square.as("ann").header("Idempotency-Key", "k1");

    Reply first = ann.post("/api/posts", Map.of("text", "once"));
    Reply second = ann.post("/api/posts", Map.of("text", "once"));

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(ann.get("/api/posts?author=ann").texts("id")).hasSize(1);
  }

  @Test
  void goesOnWithTheSameIdAfterACrashBetweenCreateAndAnswer() {
    square.people("ann");
    var ann = square.as("ann").header("Idempotency-Key", "k2");
    Reply first = ann.post("/api/posts", Map.of("text", "once"));
    // What a process leaves that dies after the create: the claim without an answer, its lease
    // over.
    var claim = square.documents().list(square.documents().collection("idempotency")).getFirst();
    var fields = new java.util.HashMap<String, Object>(claim.fields().values());
    fields.keySet().removeAll(List.of("done", "status", "headers", "body"));
    fields.put("leaseUntil", java.time.Instant.EPOCH);
    square.documents().set(claim.path(), fields);

    Reply second = ann.post("/api/posts", Map.of("text", "once"));

    assertThat(second.status()).isEqualTo(201);
    assertThat(second.body().path("id")).isEqualTo(first.body().path("id"));
    assertThat(ann.get("/api/posts?author=ann").texts("id")).hasSize(1);
  }

  @Test
  void repostsOnceHoweverOftenAndFastItIsAsked() {
    square.people("ann", "bob", "cid");
    String original = square.post("ann", "Original");

    List<Reply> replies =
        Calls.atOnce(12, i -> square.as("bob").post("/api/posts", Map.of("repost", original)));

    assertThat(replies).allMatch(reply -> reply.status() == 201 || reply.status() == 200);
    assertThat(replies.stream().filter(reply -> reply.status() == 201)).hasSize(1);
    assertThat(replies.stream().map(reply -> reply.body().path("id").asText()).distinct())
        .hasSize(1);
    String repost = replies.getFirst().body().path("id").asText();
    assertThat(replies.getFirst().body().path("ref").path("id").asText()).isEqualTo(original);
    // A repost of the repost shows the original.
    Reply ofRepost = square.as("cid").post("/api/posts", Map.of("repost", repost));
    assertThat(ofRepost.body().path("ref").path("id").asText()).isEqualTo(original);
    fireside.settle();
    assertThat(square.total(original, "reposts")).isEqualTo(2);

    assertThat(square.as("bob").delete("/api/posts/" + repost).status()).isEqualTo(204);
    Reply anew = square.as("bob").post("/api/posts", Map.of("repost", original));
    assertThat(anew.status()).isEqualTo(201);
    assertThat(anew.body().path("id").asText()).isNotEqualTo(repost);
    fireside.settle();
    assertThat(square.total(original, "reposts")).isEqualTo(2);
  }

  @Test
  void sharesOnlyWhatTheCallerMaySeeAndRepost() {
    square.people("ann", "bob", "foe");
    square.block("ann", "foe");
    String open = square.post("ann", "open");
    String secret = square.post("ann", Map.of("text", "secret", "visibility", "private"));
    String close = square.post("ann", Map.of("text", "close", "visibility", "followers"));
    square.follow("bob", "ann");

    for (String field : List.of("repost", "quote")) {
      Reply blocked = square.as("foe").post("/api/posts", Map.of("text", "x", field, open));
      Reply unseen = square.as("bob").post("/api/posts", quoteOf(field, secret));
      Reply unknown = square.as("bob").post("/api/posts", quoteOf(field, square.newId()));
      assertThat(unseen.status()).isEqualTo(404);
      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unseen.errorFields()).containsExactly(field);
      assertThat(blocked.status()).isEqualTo(field.equals("repost") ? 400 : 404);
    }
    Reply closed = square.as("bob").post("/api/posts", Map.of("repost", close));
    assertThat(closed.status()).isEqualTo(400);
    assertThat(closed.errorFields()).containsExactly("repost");
    Reply quote = square.as("bob").post("/api/posts", Map.of("text", "look", "quote", close));
    assertThat(quote.status()).isEqualTo(201);
    Reply seen = fireside.http().anonymous().get("/api/posts/" + quote.body().path("id").asText());
    assertThat(seen.body().path("refUnavailable").asBoolean()).isTrue();
  }

  private static Map<String, String> quoteOf(String field, String id) {
    return field.equals("repost") ? Map.of("repost", id) : Map.of("text", "x", "quote", id);
  }

  @Test
  void editsTextAndWhatFollowsFromIt() {
    square.people("ann", "bob", "mod");
    String id = square.post("ann", "#one");
    var ann = square.as("ann");

    Reply edited = ann.patch("/api/posts/" + id, Map.of("text", "#two @bob"));

    assertThat(edited.status()).isEqualTo(200);
    assertThat(Square.texts(edited.body().path("hashtags"))).containsExactly("two");
    assertThat(edited.body().has("editedAt")).isTrue();
    assertThat(square.postDocument(id).fields().texts("mentions")).containsExactly("bob");
    assertThat(square.as("bob").patch("/api/posts/" + id, Map.of("text", "mine")).status())
        .isEqualTo(403);
    assertThat(ann.patch("/api/posts/" + id, Map.of("text", "")).status()).isEqualTo(400);
    assertThat(ann.patch("/api/posts/" + id, Map.of("visibility", "private")).status())
        .isEqualTo(200);
    assertThat(square.as("bob").get("/api/posts/" + id).status()).isEqualTo(404);
    assertThat(square.as("bob").patch("/api/posts/" + id, Map.of("text", "mine")).status())
        .isEqualTo(404);
    String repost = square.post("bob", Map.of("repost", square.post("ann", "x")));
    assertThat(square.as("bob").patch("/api/posts/" + repost, Map.of("text", "mine")).status())
        .isEqualTo(409);
  }

  @Test
  void deletesForAuthorAndModerator() {
    square.people("ann", "bob");
    String first = square.post("ann", "first");
    String second = square.post("ann", "second");
    String repost = square.post("bob", Map.of("repost", first));

    assertThat(square.as("bob").delete("/api/posts/" + first).status()).isEqualTo(403);
    assertThat(square.as("ann").delete("/api/posts/" + first).status()).isEqualTo(204);
    assertThat(square.as("ann").delete("/api/posts/" + first).status()).isEqualTo(204);
    assertThat(square.as("mod", Role.MODERATOR).delete("/api/posts/" + second).status())
        .isEqualTo(204);
    assertThat(square.as("ann").get("/api/posts/" + first).status()).isEqualTo(404);
    assertThat(square.as("bob").delete("/api/posts/" + first).status()).isEqualTo(404);
    assertThat(square.as("bob").get("/api/posts/" + repost).status()).isEqualTo(404);
    assertThat(square.as("bob").get("/api/posts?author=me").body().path("items")).isEmpty();
    assertThat(square.as("ann").delete("/api/posts/" + square.newId()).status()).isEqualTo(404);
    assertThat(square.as("ann").delete("/api/posts/nonsense").status()).isEqualTo(404);
  }

  @Test
  void hidesForModeratorsFromAllButTheAuthor() {
    square.people("ann", "bob");
    String id = square.post("ann", "doubtful");
    var moderator = square.as("mod", Role.MODERATOR);

    assertThat(square.as("bob").put("/api/posts/" + id + "/hidden").status()).isEqualTo(403);
    assertThat(moderator.put("/api/posts/" + id + "/hidden").status()).isEqualTo(204);
    assertThat(moderator.put("/api/posts/" + id + "/hidden").status()).isEqualTo(204);
    assertThat(square.as("bob").get("/api/posts/" + id).status()).isEqualTo(404);
    assertThat(square.as("ann").get("/api/posts/" + id).body().path("status").asText())
        .isEqualTo("hidden");
    assertThat(square.as("ann").get("/api/posts?author=me").texts("id")).containsExactly(id);
    assertThat(square.as("bob").get("/api/posts?author=ann").texts("id")).isEmpty();
    assertThat(moderator.delete("/api/posts/" + id + "/hidden").status()).isEqualTo(204);
    assertThat(square.as("bob").get("/api/posts/" + id).status()).isEqualTo(200);
  }

  @Test
  void showsEachViewerWhatTheyMaySee() {
    square.people("ann", "fan", "foe", "shy");
    String open = square.post("ann", "open");
    String close = square.post("ann", Map.of("text", "close", "visibility", "followers"));
    String secret = square.post("ann", Map.of("text", "secret", "visibility", "private"));
    square.follow("fan", "ann");
    square.block("foe", "ann");
    square.block("ann", "shy");

    assertThat(square.as("ann").get("/api/posts?author=me").texts("id"))
        .containsExactly(secret, close, open);
    assertThat(square.as("fan").get("/api/posts?author=@Ann").texts("id"))
        .containsExactly(close, open);
    assertThat(fireside.http().anonymous().get("/api/posts?author=ann").texts("id"))
        .containsExactly(open);
    for (String blocked : List.of("foe", "shy")) {
      assertThat(square.as(blocked).get("/api/posts?author=ann").status()).isEqualTo(404);
      assertThat(square.as(blocked).get("/api/posts/" + open).status()).isEqualTo(404);
    }
    assertThat(square.as("fan").get("/api/posts/" + close).status()).isEqualTo(200);
    assertThat(square.as("fan").get("/api/posts/" + secret).status()).isEqualTo(404);
    assertThat(fireside.http().anonymous().get("/api/posts?author=me").status()).isEqualTo(401);
    Reply missing = fireside.http().anonymous().get("/api/posts");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.errorFields()).containsExactly("?author");
  }
}
