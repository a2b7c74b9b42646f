package dev.fireside.posts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisAwayIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private final Square square = new Square(fireside);

  @Test
  void goesOnFromFirestoreAndLosesNothing() {
    square.people("ann", "bob", "foe");
    square.block("foe", "ann");
    String before = square.post("ann", "before");
    fireside.settle();

    fireside.killRedis();

    String during = square.post("ann", "during");
    assertThat(square.react("bob", before, "like").status()).isEqualTo(201);
    assertThat(square.react("foe", before, "like").status()).isEqualTo(404);
    String comment = square.comment("bob", during, "hello");
    assertThat(square.as("bob").get("/api/posts?author=ann").texts("id"))
        .containsExactly(during, before);

    fireside.restartRedis();
    fireside.settle();

    assertThat(square.total(before, "like")).isOne();
    assertThat(square.total(during, "comments")).isOne();
    assertThat(square.postsOf("ann")).isEqualTo(2);
    assertThat(square.as("bob").get("/api/posts/" + during + "/comments").texts("id"))
        .containsExactly(comment);
    assertThat(fireside.project().deadLetters()).isEmpty();
  }
}
