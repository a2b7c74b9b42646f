package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReactionsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Square square = new Square(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void addsAndTakesBackEachKindOnce() {
    square.people("ann", "bob");
    String id = square.post("ann", "Hello");

    assertThat(square.react("bob", id, "like").status()).isEqualTo(201);
    assertThat(square.react("bob", id, "like").status()).isEqualTo(200);
    Reply both = square.react("bob", id, "love");
    assertThat(both.status()).isEqualTo(201);
    assertThat(Square.texts(both.body().path("reactions"))).containsExactly("like", "love");
    assertThat(reactionsSeen("bob", id)).containsExactly("like", "love");
    fireside.settle();
    assertThat(square.total(id, "like")).isOne();
    assertThat(square.total(id, "love")).isOne();

    assertThat(square.unreact("bob", id, "like").status()).isEqualTo(204);
    assertThat(square.unreact("bob", id, "like").status()).isEqualTo(204);
    assertThat(square.unreact("bob", id, "angry").status()).isEqualTo(204);
    assertThat(square.unreact("ann", id, "like").status()).isEqualTo(204);
    assertThat(reactionsSeen("bob", id)).containsExactly("love");
    fireside.settle();
    assertThat(reactionsSeen("bob", id)).containsExactly("love");
    assertThat(square.total(id, "like")).isZero();
    assertThat(square.react("bob", id, "like").status()).isEqualTo(201);
  }

  private List<String> reactionsSeen(String viewer, String id) {
    Reply reply = square.as(viewer).get("/api/posts/" + id);
    return Square.texts(reply.body().path("viewer").path("reactions"));
  }

  @Test
  void costsOneCreateAndNoReadWhenWarm() {
    square.people("ann", "bob");
    String id = square.post("ann", "Hello");
    var bob = square.as("bob");
    bob.get("/api/posts/" + id);
    // Bob's profile is cached, and this process has met the post once.
    square.react("bob", square.post("ann", "Other"), "like");
    square.react("ann", id, "like");
    fireside.settle();
    fireside.faults().holdAll();
    var beforeOther = fireside.counts();
    bob.get("/api/comments/" + "0");
    var filters = fireside.counts().minus(beforeOther);
    var before = fireside.counts();

    assertThat(square.react("bob", id, "like").status()).isEqualTo(201);

    var cost = fireside.counts().minus(before);
    assertThat(cost.writes()).isOne();
    assertThat(cost.reads()).isZero();
    // One to look, one to keep what was written.
    assertThat(cost.roundTrips() - filters.roundTrips()).isLessThanOrEqualTo(2);
    fireside.faults().clear();
    fireside.settle();
  }

  @Test
  void endsWithNoneOrOneHoweverOnePersonToggles() {
    square.people("ann", "bob");
    String id = square.post("ann", "Hello");

    List<Reply> replies =
        Calls.atOnce(
            200,
            i -> i % 2 == 0 ? square.react("bob", id, "like") : square.unreact("bob", id, "like"));

    assertThat(replies).allMatch(reply -> List.of(200, 201, 204).contains(reply.status()));
    fireside.settle();
    long rows =
        square
            .documents()
            .count(
                square
                    .documents()
                    .collection("reactions")
                    .whereEqualTo("postId", id)
                    .whereArrayContains("kinds", "like"))
            .count();
    assertThat(rows).isLessThanOrEqualTo(1);
    assertThat(square.total(id, "like")).isEqualTo(rows);
    assertThat(reactionsSeen("bob", id)).hasSize((int) rows);
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  @Test
  void reactsOnlyToWhatCanBeSeen() {
    square.people("ann", "bob", "foe");
    square.block("ann", "foe");
    String open = square.post("ann", "open");
    String secret = square.post("ann", Map.of("text", "x", "visibility", "private"));

    assertThat(square.react("foe", open, "like").status()).isEqualTo(404);
    assertThat(square.react("bob", secret, "like").status()).isEqualTo(404);
    assertThat(square.react("bob", square.newId(), "like").status()).isEqualTo(404);
    assertThat(square.react("stranger", open, "like").status()).isEqualTo(409);
    assertThat(square.react("ann", secret, "like").status()).isEqualTo(201);
  }

  @Test
  void reactsToTheOriginalOfARepost() {
    square.people("ann", "bob", "cid");
    String original = square.post("ann", "original");
    String repost = square.post("bob", Map.of("repost", original));

    Reply reply = square.react("cid", repost, "wow");

    assertThat(reply.body().path("postId").asText()).isEqualTo(original);
    fireside.settle();
    assertThat(square.total(original, "wow")).isOne();
  }

  @Test
  void listsWhoReactedNewestFirst() {
    square.people("ann", "p1", "p2", "p3", "p4", "p5");
    String id = square.post("ann", "Hello");
    for (String person : List.of("p1", "p2", "p3", "p4", "p5")) {
      square.react(person, id, "like");
    }
    square.unreact("p4", id, "like");
    square.react("p5", id, "love");
    square.block("p2", "ann");
    square.documents().update("users/p1", Map.of("status", "suspended"));
    fireside.flushRedis();

    var pages = square.as("ann").pages("/api/reactions?postId=" + id + "&kind=like&limit=1", "id");
    assertThat(pages).hasSize(2).allMatch(page -> page.size() == 1);
    Reply all = square.as("ann").get("/api/reactions?postId=" + id);
    assertThat(all.body().path("items").findValuesAsText("handle")).containsExactly("p5", "p3");
    assertThat(Square.texts(all.body().path("items").path(0).path("kinds")))
        .containsExactly("like", "love");
    assertThat(square.as("p2").get("/api/reactions?postId=" + id).status()).isEqualTo(404);
    Reply wrong = square.as("ann").get("/api/reactions?postId=" + id + "&kind=meh");
    assertThat(wrong.errorFields()).containsExactly("?kind");
    Reply missing = square.as("ann").delete("/api/reactions?kind=like");
    assertThat(missing.errorFields()).containsExactly("?postId");
  }
}
