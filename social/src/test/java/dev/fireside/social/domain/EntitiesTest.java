package dev.fireside.social.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EntitiesTest {
  private static java.util.List<String> hashtags(String text) {
    return Entities.of(text).hashtags();
  }

  private static java.util.List<String> handles(String text) {
    return Entities.of(text).handles();
  }

  @Test
  void findsHashtagsOfAllScriptsOnceAndInLowerCase() {
    assertThat(hashtags("#Java, #java #ＪＡＶＡ! #東京 #हिन्दी #été ＃wide #a_1"))
        .containsExactly("java", "東京", "हिन्दी", "été", "wide", "a_1");
  }

  @Test
  void passesOverWhatOnlyLooksLikeAHashtag() {
    assertThat(hashtags("a#b &#39; https://x.y/#z ## # #- c##d")).isEmpty();
    assertThat(hashtags("#" + "x".repeat(101))).isEmpty();
    assertThat(hashtags("#" + "x".repeat(100))).hasSize(1);
  }

  @Test
  void takesAtMostThirtyHashtagsAndTwentyHandles() {
    String text =
        IntStream.range(0, 50)
            .mapToObj(i -> "#t" + i + " @user" + i)
            .collect(Collectors.joining(" "));
    assertThat(hashtags(text)).hasSize(30).startsWith("t0").endsWith("t29");
    assertThat(handles(text)).hasSize(20).startsWith("user0").endsWith("user19");
  }

  @Test
  void findsHandlesWithoutTheSentenceAroundThem() {
    assertThat(handles("@Ann, @bob. (@cid.dee) ＠Ann @x @.dot mail@host.org @@fay @__x__"))
        .containsExactly("ann", "bob", "cid.dee");
  }

  @Test
  void keepsJoinersInsideOfHashtags() {
    assertThat(hashtags("#نرم\u200Cافزار #ශ්\u200Dරී #a\u200D #\u200C #\u200Db!"))
        .containsExactly("نرم\u200Cافزار", "ශ්\u200Dරී", "a", "b");
  }

  @Test
  void findsHandlesInScriptsWithoutSpaces() {
    assertThat(handles("、@adaさん、@bobと@cid。「@dee」 привет@eve ＠ｆａｙ님"))
        .containsExactly("ada", "bob", "cid", "dee", "eve", "fay");
  }

  @Test
  void takesAddressesOfOtherServersForNoHandles() {
    assertThat(handles("@ada@example.com @bob＠x @cidé ada+@dee a-@eve @fay://x x%@gus")).isEmpty();
    assertThat(handles("@" + "a".repeat(31) + " @" + "b".repeat(2_000))).isEmpty();
  }

  @Test
  void takesAHandleWithOrWithoutItsSign() {
    assertThat(Entities.handle("@Ann")).contains("ann");
    assertThat(Entities.handle("ann")).contains("ann");
    assertThat(Entities.handle("a/b")).isEmpty();
    assertThat(Entities.handle("__x__")).isEmpty();
  }
}
