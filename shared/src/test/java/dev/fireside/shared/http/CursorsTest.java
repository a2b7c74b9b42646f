package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fireside.shared.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CursorsTest {
  private static final String OLD = "old-secret-old-secret-old-secret";
  private static final String NEW = "new-secret-new-secret-new-secret";
  private static final String LIST = "posts|ann";

  private final TestClock clock = TestClock.atNoon();
  private final Cursors cursors = new Cursors(List.of(OLD), clock);

  private static void refuses(Cursors cursors, String context, String cursor) {
    assertThatExceptionOfType(ProblemException.class)
        .as(cursor)
        .isThrownBy(() -> cursors.read(context, cursor))
        .satisfies(e -> assertThat(e.type()).isEqualTo(ProblemType.INVALID_CURSOR));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "a|b\"\\ü😀"})
  void givesThePositionBack(String position) {
    assertThat(cursors.read(LIST, cursors.issue(LIST, position))).isEqualTo(position);
  }

  @Test
  void noBitCanBeChanged() {
    String cursor = cursors.issue(LIST, "01ARZ3NDEKTSV4RRFFQ69G5FAV");
    byte[] bytes = Base64.getUrlDecoder().decode(cursor);

    for (int bit = 0; bit < bytes.length * 8; bit++) {
      byte[] changed = bytes.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      refuses(cursors, LIST, Base64.getUrlEncoder().withoutPadding().encodeToString(changed));
    }
  }

  @Test
  void noCharacterCanBeChangedAddedOrLost() {
    for (int length = 1; length <= 3; length++) {
      String cursor = cursors.issue(LIST, "x".repeat(length));
      for (int i = 0; i < cursor.length(); i++) {
        for (char other : "AB_-=9z".toCharArray()) {
          if (other != cursor.charAt(i)) {
            refuses(cursors, LIST, cursor.substring(0, i) + other + cursor.substring(i + 1));
          }
        }
        refuses(cursors, LIST, cursor.substring(0, i));
      }
      for (String more : List.of("A", "=", "==", "\n", " ")) {
        refuses(cursors, LIST, cursor + more);
      }
    }
  }

  @Test
  void belongsToOneList() {
    String cursor = cursors.issue(LIST, "x");

    refuses(cursors, "posts|bob", cursor);
    refuses(cursors, "", cursor);
  }

  @Test
  void expiresAfterADayAtTheNextFullHour() {
    String cursor = cursors.issue(LIST, "x");

    clock.advance(Cursors.LIFE);
    assertThat(cursors.read(LIST, cursor)).isEqualTo("x");
    clock.advance(Duration.ofHours(1));
    refuses(cursors, LIST, cursor);
  }

  @Test
  void isTheSameForAPageThatIsAskedForAgain() {
    String cursor = cursors.issue(LIST, "x");

    clock.advance(Duration.ofMinutes(1));

    assertThat(cursors.issue(LIST, "x")).isEqualTo(cursor);
  }

  @Test
  void secretsRotate() {
    String old = cursors.issue(LIST, "x");
    var rotating = new Cursors(List.of(NEW, OLD), clock);
    String fresh = rotating.issue(LIST, "x");

    assertThat(rotating.read(LIST, old)).isEqualTo("x");
    assertThat(rotating.read(LIST, fresh)).isEqualTo("x");
    refuses(cursors, LIST, fresh);
    refuses(new Cursors(List.of(NEW), clock), LIST, old);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "null", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "%00", "🙂", "a b"})
  void refusesWhatItNeverIssued(String cursor) {
    refuses(cursors, LIST, cursor);
  }

  @Test
  void refusesHugeCursorsAndIssuesNone() {
    refuses(cursors, LIST, "A".repeat(1_000_000));
    assertThatIllegalArgumentException().isThrownBy(() -> cursors.issue(LIST, "x".repeat(1_000)));
  }

  @Test
  void canStandInAUrl() {
    assertThat(cursors.issue(LIST, "????>>>>ÿÿÿÿ")).matches("[A-Za-z0-9_-]+");
    assertThat(cursors.issue(LIST, "x").getBytes(StandardCharsets.US_ASCII).length).isLessThan(100);
  }
}
