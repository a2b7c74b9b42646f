package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Ids;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TotalsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Square square = new Square(fireside);

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  static List<Fault> faults() {
    return List.of(
        Fault.duplicate(3),
        Fault.reorder(Duration.ofMillis(400)),
        Fault.loseAnswers(2),
        Fault.loseDeliveries(2));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void areRightHoweverEventsCome(Fault fault) {
    square.people("ann", "bob", "cid", "dee");
    fireside.settle();
    fireside.faults().setAll(fault);

    String post = square.post("ann", "Hello");
    square.react("bob", post, "like");
    square.react("cid", post, "like");
    square.unreact("bob", post, "like");
    square.react("bob", post, "love");
    square.react("dee", post, "like");
    String comment = square.comment("bob", post, "one");
    String answer = square.answer("cid", post, comment, "two");
    square.answer("dee", post, comment, "three");
    square.as("cid").delete("/api/comments/" + answer);
    String repost = square.post("bob", Map.of("repost", post));
    square.post("cid", Map.of("repost", post));
    square.as("bob").delete("/api/posts/" + repost);
    square.post("dee", Map.of("text", "x", "quote", post));
    String quote = square.post("dee", Map.of("text", "y", "quote", post));
    square.as("dee").patch("/api/posts/" + quote, Map.of("visibility", "private"));
    fireside.settle();

    assertThat(fireside.project().deadLetters()).isEmpty();
    assertThat(square.total(post, "like")).isEqualTo(2);
    assertThat(square.total(post, "love")).isOne();
    assertThat(square.total(post, "comments")).isEqualTo(2);
    assertThat(square.total(post, "reposts")).isOne();
    assertThat(square.total(post, "quotes")).isOne();
    assertThat(square.postsOf("ann")).isOne();
    assertThat(square.postsOf("bob")).isZero();
    assertThat(square.postsOf("cid")).isOne();
    assertThat(square.postsOf("dee")).isOne();
    assertThat(
            square
                .documents()
                .get(Square.commentPath(post, comment))
                .orElseThrow()
                .fields()
                .map("counts")
                .number("replies"))
        .isOne();
    // The cache holds what the document holds.
    var shown = square.as("ann").get("/api/posts/" + post).body().path("counts");
    assertThat(shown.path("like").asLong()).isEqualTo(2);
    assertThat(shown.path("quotes").asLong()).isOne();
  }

  @Test
  void healAfterACrashBetweenCommitAndCache() {
    square.people("ann", "bob");
    String post = square.post("ann", "Hello");
    square.react("bob", post, "like");
    fireside.settle();
    // As a process leaves it that dies after its commit: written, and not in Redis.
    square.documents().update(Square.reactionPath(post, "bob"), Map.of("kinds", List.of("wow")));
    square.documents().update(Square.postPath(post), Map.of("text", "Changed"));
    fireside.settle();

    var seen = square.as("bob").get("/api/posts/" + post).body();
    assertThat(seen.path("text").asText()).isEqualTo("Changed");
    assertThat(Square.texts(seen.path("viewer").path("reactions"))).containsExactly("wow");
    assertThat(square.total(post, "like")).isZero();
    assertThat(square.total(post, "wow")).isOne();
  }

  @Test
  void giveHeatToWhatManyNoticeAndTakeItFromWhatIsNotPublic() {
    square.people("ann", "p1", "p2", "p3", "p4", "p5");
    String post = square.post("ann", "Hello");
    for (String person : List.of("p1", "p2", "p3", "p4")) {
      square.react(person, post, "like");
    }
    fireside.settle();
    assertThat(heat(post)).isNull();
    square.react("p5", post, "love");
    fireside.settle();
    double halfLives = Ids.instantOf(post).getEpochSecond() / (6.0 * 3_600);
    assertThat((Double) heat(post)).isCloseTo(4 + halfLives, within(1e-6));

    square.as("mod", Role.MODERATOR).put("/api/posts/" + post + "/hidden");
    assertThat(heat(post)).isNull();
    square.as("mod", Role.MODERATOR).delete("/api/posts/" + post + "/hidden");
    assertThat((Double) heat(post)).isCloseTo(4 + halfLives, within(1e-6));
    square.as("ann").patch("/api/posts/" + post, Map.of("visibility", "followers"));
    assertThat(heat(post)).isNull();
  }

  private Object heat(String post) {
    return square.postDocument(post).fields().values().get("heat");
  }

  @Test
  void neitherLoopNorBringBackWhatIsGone() {
    square.people("ann", "bob");
    String post = square.post("ann", "Hello");
    square.react("bob", post, "like");
    fireside.settle();
    var version = square.postDocument(post).updateTime();
    fireside.settle();
    assertThat(square.postDocument(post).updateTime()).isEqualTo(version);

    fireside.faults().hold("posts-on-reaction-written");
    square.react("ann", post, "like");
    square.documents().delete(Square.postPath(post));
    fireside.settle();
    fireside.faults().release();
    fireside.settle();
    assertThat(square.exists(Square.postPath(post))).isFalse();
    // What was written while the post went is removed, too.
    assertThat(square.exists(Square.reactionPath(post, "ann"))).isFalse();
  }
}
