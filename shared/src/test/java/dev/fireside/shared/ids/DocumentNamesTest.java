package dev.fireside.shared.ids;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentNamesTest {
  @Test
  void refusesWhatFirestoreKeepsForItselfOrCannotName() {
    for (String text :
        List.of("", ".", "..", "__x__", "a/b", "a b", "a\nb", "x".repeat(1_501), "é".repeat(751))) {
      assertThat(DocumentNames.fits(text)).as(text).isFalse();
    }
    assertThat(List.of("a", "...", "__x", "é".repeat(750), "app_store:live:1@2:grant:0"))
        .allMatch(DocumentNames::fits);
  }

  @Test
  void takesForAnIdOnlyVisibleAsciiThatCanBePartOfAName() {
    for (String text : List.of("", "..", "é", "a/b", "a b", "x".repeat(256))) {
      assertThat(DocumentNames.isId(text)).as(text).isFalse();
    }
    assertThat(List.of("pi_1", "$RCAnonymousID:0", "x".repeat(255))).allMatch(DocumentNames::isId);
  }

  @Test
  void takesForANameWhatPeopleWrite() {
    for (String text : List.of("", ".", "..", "__x__", "a/b", "a\u0000b", "x".repeat(256))) {
      assertThat(DocumentNames.isName(text)).as(text).isFalse();
    }
    assertThat(List.of("Pro, monthly", "プロ", "com.example.pro:base"))
        .allMatch(DocumentNames::isName);
  }
}
