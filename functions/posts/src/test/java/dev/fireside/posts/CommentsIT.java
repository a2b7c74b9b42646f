package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CommentsIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Square square = new Square(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void growsThreads() {
    square.people("ann", "bob");
    String post = square.post("ann", "Hello");
    String first = square.comment("bob", post, "First");
    String second = square.comment("ann", post, "Second");
    String answer = square.answer("ann", post, first, "Answer");
    String deeper = square.answer("bob", post, answer, "Deeper");
    fireside.settle();

    String list = "/api/posts/" + post + "/comments?order=";
    assertThat(square.as("bob").get(list + "newest").texts("id")).containsExactly(second, first);
    assertThat(fireside.http().anonymous().pages(list + "oldest&limit=1", "id"))
        .containsExactly(List.of(first), List.of(second));
    assertThat(square.as("bob").get(list + "oldest&parent=" + first).texts("id"))
        .containsExactly(answer);
    assertThat(square.total(post, "comments")).isEqualTo(4);
    Reply read = fireside.http().anonymous().get("/api/comments/" + first);
    assertThat(read.body().path("counts").path("replies").asLong()).isOne();
    assertThat(read.body().path("author").path("handle").asText()).isEqualTo("bob");
    assertThat(fireside.http().anonymous().get("/api/comments/" + deeper).status()).isEqualTo(200);
    assertThat(square.as("bob").get("/api/comments?author=me").texts("id"))
        .containsExactly(deeper, first);
  }

  @Test
  void keepsThePlaceOfADeletedCommentWhileItHasAnswers() {
    square.people("ann", "bob");
    String post = square.post("ann", "Hello");
    String top = square.comment("bob", post, "Top");
    String middle = square.answer("ann", post, top, "Middle");
    String leaf = square.answer("bob", post, middle, "Leaf");
    fireside.settle();

    assertThat(square.as("bob").delete("/api/comments/" + top).status()).isEqualTo(204);
    assertThat(square.as("ann").delete("/api/comments/" + middle).status()).isEqualTo(204);
    fireside.settle();

    var list = square.as("bob").get("/api/posts/" + post + "/comments").body().path("items");
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("deleted").asBoolean()).isTrue();
    assertThat(list.path(0).has("text")).isFalse();
    assertThat(list.path(0).has("author")).isFalse();
    assertThat(square.as("bob").get("/api/posts/" + post + "/comments?parent=" + top).texts("id"))
        .containsExactly(middle);
    assertThat(square.total(post, "comments")).isOne();

    assertThat(square.as("bob").delete("/api/comments/" + leaf).status()).isEqualTo(204);
    fireside.settle();
    assertThat(square.as("bob").get("/api/posts/" + post + "/comments").texts("id")).isEmpty();
    assertThat(square.as("bob").get("/api/comments/" + top).status()).isEqualTo(404);
    assertThat(square.total(post, "comments")).isZero();
  }

  @Test
  void refusesParentsElsewhereDeletedOrTooDeep() {
    square.people("ann", "bob", "foe");
    String post = square.post("ann", "Hello");
    String other = square.post("ann", "Other");
    String there = square.comment("ann", other, "There");
    String gone = square.comment("bob", post, "Gone");
    square.as("bob").delete("/api/comments/" + gone);
    String ofFoe = square.comment("foe", post, "Mine");
    square.block("foe", "bob");
    fireside.flushRedis();
    for (String parent : List.of(there, gone, ofFoe, square.newId())) {
      Reply reply =
          square
              .as("bob")
              .post("/api/comments", Map.of("postId", post, "text", "x", "parent", parent));
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.errorFields()).containsExactly("parent");
    }
    Reply list = square.as("bob").get("/api/posts/" + post + "/comments?parent=" + there);
    assertThat(list.status()).isEqualTo(400);
    assertThat(list.errorFields()).containsExactly("?parent");

    String parent = square.comment("ann", post, "1");
    for (int depth = 2; depth <= 10; depth++) {
      parent = square.answer("ann", post, parent, "" + depth);
    }
    Reply tooDeep =
        square
            .as("ann")
            .post("/api/comments", Map.of("postId", post, "text", "11", "parent", parent));
    assertThat(tooDeep.status()).isEqualTo(400);
    assertThat(tooDeep.errorFields()).containsExactly("parent");
  }

  @Test
  void showsNobodyWhoIsBlockedOrSuspended() {
    square.people("ann", "bob", "foe", "bad");
    String post = square.post("ann", "Hello");
    String ofFoe = square.comment("foe", post, "x");
    String ofBad = square.comment("bad", post, "x");
    String ofBob = square.comment("bob", post, "x");
    square.block("foe", "bob");
    square.documents().update("users/bad", Map.of("status", "suspended"));
    fireside.flushRedis();

    String list = "/api/posts/" + post + "/comments";
    assertThat(square.as("bob").get(list).texts("id")).containsExactly(ofBob);
    assertThat(square.as("foe").get(list).texts("id")).containsExactly(ofFoe);
    assertThat(square.as("bob").get("/api/comments/" + ofFoe).status()).isEqualTo(404);
    assertThat(square.as("ann").get("/api/comments/" + ofBad).status()).isEqualTo(404);
    square.block("ann", "foe");
    fireside.flushRedis();
    assertThat(square.as("foe").get(list).status()).isEqualTo(404);
    assertThat(square.as("foe").post(list, Map.of("text", "x")).status()).isEqualTo(404);
  }

  @Test
  void showsNoAnswersToWhatCannotBeSeen() {
    square.people("ann", "bob", "cyd", "foe");
    String post = square.post("ann", "Hello");
    String ofFoe = square.comment("foe", post, "x");
    String answer = square.answer("cyd", post, ofFoe, "x");
    String deeper = square.answer("ann", post, answer, "x");
    String own = square.answer("bob", post, deeper, "x");
    String below = "/api/posts/" + post + "/comments?parent=";
    square.block("foe", "bob");
    fireside.flushRedis();

    for (String id : List.of(ofFoe, answer, deeper)) {
      assertThat(square.as("cyd").get("/api/comments/" + id).status()).isEqualTo(200);
      assertThat(square.as("bob").get("/api/comments/" + id).status()).isEqualTo(404);
      assertThat(square.as("bob").get(below + id).errorFields()).containsExactly("?parent");
      Reply reply =
          square.as("bob").post("/api/comments", Map.of("postId", post, "text", "x", "parent", id));
      assertThat(reply.errorFields()).containsExactly("parent");
    }
    assertThat(square.as("bob").get("/api/comments/" + own).status()).isEqualTo(200);
    assertThat(square.as("bob").patch("/api/comments/" + own, Map.of("text", "y")).status())
        .isEqualTo(200);
    square.documents().update("users/cyd", Map.of("status", "suspended"));
    fireside.flushRedis();
    assertThat(square.as("ann").get("/api/comments/" + own).status()).isEqualTo(404);
    square.documents().update("users/cyd", Map.of("status", "active"));
    square.as("foe").delete("/api/comments/" + ofFoe);
    fireside.flushRedis();
    fireside.settle();
    assertThat(square.as("bob").get(below + ofFoe).texts("id")).containsExactly(answer);
  }

  @Test
  void letsTheRightPeopleEditAndDelete() {
    square.people("ann", "bob", "cid");
    String post = square.post("ann", "Hello");
    String one = square.comment("bob", post, "one");
    String two = square.comment("bob", post, "two");

    Reply edited = square.as("bob").patch("/api/comments/" + one, Map.of("text", "uno"));
    assertThat(edited.status()).isEqualTo(200);
    assertThat(edited.body().path("text").asText()).isEqualTo("uno");
    assertThat(edited.body().has("editedAt")).isTrue();
    assertThat(square.as("ann").patch("/api/comments/" + one, Map.of("text", "x")).status())
        .isEqualTo(403);
    assertThat(square.as("cid").delete("/api/comments/" + one).status()).isEqualTo(403);
    assertThat(square.as("ann").delete("/api/comments/" + one).status()).isEqualTo(204);
    assertThat(square.as("mod", Role.MODERATOR).delete("/api/comments/" + two).status())
        .isEqualTo(204);
    assertThat(square.as("bob").delete("/api/comments/" + two).status()).isEqualTo(204);
    assertThat(square.as("bob").patch("/api/comments/" + one, Map.of("text", "x")).status())
        .isEqualTo(404);
    assertThat(square.as("bob").get("/api/comments/" + square.newId()).status()).isEqualTo(404);
  }
}
