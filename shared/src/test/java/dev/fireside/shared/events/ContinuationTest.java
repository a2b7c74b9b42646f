package dev.fireside.shared.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ContinuationTest {
  private final List<String> messages = new ArrayList<>();
  private int left;

  private boolean page(String work) {
    left--;
    return left > 0;
  }

  private Continuation<String> ofPages(int pages) {
    left = pages;
    return new Continuation<>(messages::add, 3, this::page);
  }

  @Test
  void endsWithThePageThatLeavesNothing() {
    assertThat(ofPages(3).run("work")).isTrue();
    assertThat(messages).isEmpty();
  }

  @Test
  void leavesTheRestToAMessage() {
    Continuation<String> work = ofPages(4);

    assertThat(work.run("work")).isFalse();
    assertThat(left).isEqualTo(1);
    assertThat(messages).containsExactly("work");

    assertThat(work.run(messages.getFirst())).isTrue();
    assertThat(left).isZero();
    assertThat(messages).hasSize(1);
  }

  @Test
  void publishesNothingWhereAPageFails() {
    var failing =
        new Continuation<String>(
            messages::add,
            3,
            _ -> {
              throw new IllegalStateException("away");
            });

    assertThatIllegalStateException().isThrownBy(() -> failing.run("work"));
    assertThat(messages).isEmpty();
  }
}
