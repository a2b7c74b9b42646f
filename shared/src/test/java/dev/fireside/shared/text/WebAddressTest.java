package dev.fireside.shared.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://img.example/a.png",
        "HTTPS://img.example/%C3%A9?x=1#y",
        "https://my_bucket.storage.googleapis.com/a.jpg",
        "https://img.example:8443",
        "https://img.example./a",
        "https://127.0.0.1/a",
        "https://app.example/done?session={CHECKOUT_SESSION_ID}",
        "https://app.example/a|b@c:d",
        "https://app.example?next=//x",
        "https://img.example/bücher.jpg"
      })
  void keepsAnAddressAsItIsWritten(String url) {
    assertThat(WebAddress.https(url)).contains(url);
  }

  @ParameterizedTest
  @CsvSource({
    "https://bücher.example/a.jpg, https://xn--bcher-kva.example/a.jpg",
    "https://BÜCHER.example:443/ü, https://xn--bcher-kva.example:443/ü",
    "https://例え。テスト/, https://xn--r8jz45g.xn--zckzah/"
  })
  void writesInternationalHostsInPunycode(String url, String ascii) {
    assertThat(WebAddress.https(url)).contains(ascii);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://img.example/a.png",
        "javascript:alert(1)",
        "https://",
        "https:///a",
        "https:img.example",
        "a.png",
        "https://u:p@img.example/",
        "https://user:pw@bücher.example/a.jpg",
        "https://@img.example/",
        "https://img.example\\@evil.example/",
        "https://img example/",
        "https://img.example/a b",
        "https://img.example/\u00A0",
        "https://img%2eexample/",
        "https://img..example/",
        "https://.example/",
        "https://-a.example/",
        "https://a-.example/",
        "https://a-",
        "https://straße.example/",
        "https://img.example:/",
        "https://img.example:99999/",
        "https://img.example:٣/",
        "https://img.example:1:2/",
        "https://[::1]/",
        "data:image/png;base64,AA",
        "//img.example/a"
      })
  void refusesEverythingElse(String url) {
    assertThat(WebAddress.https(url)).isEmpty();
  }

  @Test
  void refusesHostsThatNoNameServerKnows() {
    assertThat(WebAddress.https("https://" + "a".repeat(64) + ".example/")).isEmpty();
    assertThat(WebAddress.https("https://" + "a.".repeat(130) + "example/")).isEmpty();
  }
}
