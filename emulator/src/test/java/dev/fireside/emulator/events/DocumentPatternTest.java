package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentPatternTest {
  @ParameterizedTest
  @CsvSource({
    "posts/{id},posts/a,true",
    "posts/{id},posts/a/comments/b,false",
    "posts/{id},users/a,false",
    "posts/fixed,posts/fixed,true",
    "posts/fixed,posts/other,false",
    "posts/{id}/comments/{c},posts/a/comments/b,true",
    "users/{uid}/{rest=**},users/a/items/b,true",
    "users/{uid}/{rest=**},users/a,false"
  })
  void matchesAsFirestoreDoes(String pattern, String path, boolean matches) {
    assertThat(DocumentPattern.of(pattern).matches(path)).isEqualTo(matches);
  }

  @Test
  void knowsItsCollectionUnlessThatIsOpen() {
    assertThat(DocumentPattern.of("posts/{id}/comments/{c}").collection()).isEqualTo("comments");
    assertThat(DocumentPattern.of("users/{uid}/{rest=**}").collection()).isNull();
    assertThat(DocumentPattern.of("{all}/{id}").collection()).isNull();
  }
}
