package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PurgeIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Square square = new Square(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void removesDeletedPostsAndCommentsForGoodAfterSevenDays() {
    square.people("ann", "bob");
    String post = square.post("ann", "Goes");
    String kept = square.post("ann", "Stays");
    square.react("bob", post, "like");
    String below = square.comment("bob", post, "Below");
    String repost = square.post("bob", Map.of("repost", post));
    String answered = square.comment("bob", kept, "Answered");
    String answer = square.answer("ann", kept, answered, "Answer");
    String alone = square.comment("bob", kept, "Alone");
    fireside.settle();
    square.as("ann").delete("/api/posts/" + post);
    square.as("bob").delete("/api/comments/" + answered);
    square.as("bob").delete("/api/comments/" + alone);
    fireside.settle();

    fireside.clock().advance(Duration.ofDays(6));
    fireside.fire("posts-purge");
    assertThat(square.exists(Square.postPath(post))).isTrue();
    assertThat(square.exists(Square.commentPath(kept, alone))).isTrue();
    fireside.clock().advance(Duration.ofDays(2));
    fireside.fire("posts-purge");
    fireside.fire("posts-purge");
    fireside.settle();

    assertThat(square.exists(Square.postPath(post))).isFalse();
    assertThat(square.exists(Square.commentPath(post, below))).isFalse();
    assertThat(square.exists(Square.reactionPath(post, "bob"))).isFalse();
    assertThat(square.exists(Square.postPath(repost))).isFalse();
    assertThat(square.exists(Square.commentPath(kept, alone))).isFalse();
    var place = square.documents().get(Square.commentPath(kept, answered)).orElseThrow();
    assertThat(place.fields().text("text")).contains("");
    assertThat(place.fields().text("author")).isEmpty();
    assertThat(square.postsOf("bob")).isZero();
    assertThat(square.postsOf("ann")).isOne();

    // Once its last answer goes for good, the place goes as well.
    square.as("ann").delete("/api/comments/" + answer);
    fireside.settle();
    fireside.clock().advance(Duration.ofDays(8));
    fireside.fire("posts-purge");
    fireside.settle();
    assertThat(square.exists(Square.commentPath(kept, answer))).isFalse();
    assertThat(square.exists(Square.commentPath(kept, answered))).isFalse();
  }

  @Test
  void removesWhatADeletedPersonWrote() {
    square.people("ann", "bob");
    String post = square.post("ann", "Stays");
    String answered = square.comment("bob", post, "Answered");
    square.answer("ann", post, answered, "Answer");
    String alone = square.comment("bob", post, "Alone");
    square.react("bob", post, "like");
    String own = square.post("bob", "Goes");
    square.react("ann", own, "like");
    String below = square.comment("ann", own, "Goes too");
    String repost = square.post("bob", Map.of("repost", post));
    for (int i = 0; i < 25; i++) {
      square.post("bob");
    }
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(2));

    square.documents().set("users/bob", tombstone());
    fireside.settle();

    assertThat(fireside.project().deadLetters()).isEmpty();
    assertThat(square.exists(Square.postPath(own))).isFalse();
    assertThat(square.exists(Square.postPath(repost))).isFalse();
    assertThat(square.exists(Square.commentPath(own, below))).isFalse();
    assertThat(square.exists(Square.reactionPath(own, "ann"))).isFalse();
    assertThat(square.exists(Square.reactionPath(post, "bob"))).isFalse();
    assertThat(square.exists(Square.commentPath(post, alone))).isFalse();
    var place = square.documents().get(Square.commentPath(post, answered)).orElseThrow();
    assertThat(place.fields().text("author")).isEmpty();
    var posts = square.documents().collection("posts");
    assertThat(square.documents().count(posts.whereEqualTo("author", "bob")).count()).isZero();
    assertThat(square.documents().count(square.documents().collection("reposts")).count()).isZero();
    assertThat(square.total(post, "like")).isZero();
    assertThat(square.total(post, "reposts")).isZero();
    assertThat(square.total(post, "comments")).isOne();
    // A tombstone keeps no totals.
    assertThat(square.documents().get("users/bob").orElseThrow().fields().names())
        .doesNotContain("counts");
    var list = square.as("ann").get("/api/posts/" + post + "/comments").body().path("items");
    assertThat(list).hasSize(1);
    assertThat(list.path(0).path("deleted").asBoolean()).isTrue();
  }

  private static Map<String, Object> tombstone() {
    var fields = new HashMap<String, Object>();
    fields.put("status", "deleted");
    return fields;
  }
}
