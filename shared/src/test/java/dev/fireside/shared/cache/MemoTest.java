package dev.fireside.shared.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class MemoTest {
  private final AtomicInteger made = new AtomicInteger();

  private String make(String key) {
    made.incrementAndGet();
    return "of " + key;
  }

  @Test
  void makesTheValueOfAKeyOnce() {
    Memo<String, String> memo = Memo.byValue(16);

    assertThat(memo.get("a", this::make)).isEqualTo("of a");
    assertThat(memo.get(new String(new char[] {'a'}), this::make)).isEqualTo("of a");
    assertThat(made).hasValue(1);
  }

  @Test
  void holdsAboutAsManyAsItsSize() {
    Memo<Integer, Integer> memo = Memo.byValue(1_024);
    for (int i = 0; i < 100_000; i++) {
      int key = i;
      memo.get(key, Math::negateExact);
    }
    var again = new AtomicInteger();
    for (int i = 100_000 - 1_024; i < 100_000; i++) {
      memo.get(
          i,
          key -> {
            again.incrementAndGet();
            return -key;
          });
    }

    assertThat(again).hasValueLessThan(1_024);
  }

  @Test
  void theLatestOfThreeKeysOfOnePlaceStay() {
    Memo<String, String> memo = Memo.byValue(2);
    memo.get("a", this::make);
    memo.get("b", this::make);
    memo.get("c", this::make);

    memo.get("c", this::make);
    memo.get("b", this::make);
    assertThat(made).hasValue(3);
    memo.get("a", this::make);
    assertThat(made).hasValue(4);
  }

  @Test
  void keysMayBeToldApartByIdentity() {
    Memo<String, String> memo = Memo.byIdentity(1_024);
    String a = new String(new char[] {'a'});
    String other = new String(new char[] {'a'});

    memo.get(a, this::make);
    memo.get(a, this::make);
    assertThat(made).hasValue(1);
    memo.get(other, this::make);
    assertThat(made).hasValue(2);
  }

  @Test
  void aValueIsReplacedByTheNextOfItsKey() {
    Memo<String, String> memo = Memo.byValue(2);
    memo.put("a", "first");
    memo.put("b", "other");
    memo.put("b", "second");

    assertThat(memo.find("a")).isEqualTo("first");
    assertThat(memo.find("b")).isEqualTo("second");
    assertThat(memo.find("c")).isNull();
  }

  @Test
  void threadsNeverSeeTheValueOfAnotherKey() {
    Memo<Integer, Integer> memo = Memo.byValue(64);
    var wrong = new AtomicInteger();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(() -> {
          for (int i = 0; i < 200_000; i++) {
            int key = i % 257;
            if (memo.get(key, Math::negateExact) != -key) {
              wrong.incrementAndGet();
            }
          }
        });
      }
    }

    assertThat(wrong).hasValue(0);
  }
}
