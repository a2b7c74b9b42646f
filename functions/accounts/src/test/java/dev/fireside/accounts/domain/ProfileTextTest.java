package dev.fireside.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"Ann", "Zoë", "李小龍", "محمد", "👩‍👩‍👧", "é", "-"})
  void takesNamesOfTheWholeWorld(String name) {
    assertThat(ProfileText.nameFault(name)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nb",
        "a\tb",
        "a\u2028b",
        "abc\u202Efed",
        "a\u2066b",
        "\u200B",
        "\u3164",
        "\u2800",
        "\u0301"
      })
  void refusesNamesThatHideBreakOrTurnText(String name) {
    assertThat(ProfileText.nameFault(name)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://img.example/a.png", "HTTPS://img.example/%C3%A9?x=1#y"})
  void takesPicturesOverHttps(String url) {
    assertThat(ProfileText.urlFault(url)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://img.example/a.png",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "a.png",
        "https://u:p@img.example/",
        "https://img example/",
        "data:image/png;base64,AA",
        "//img.example/a"
      })
  void refusesOtherAddresses(String url) {
    assertThat(ProfileText.urlFault(url)).isEqualTo("must be an https address");
  }
}
