package dev.fireside.shared.ids;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class HmacTest {
  /// RFC 4231, test case 2.
  private static final byte[] EXPECTED =
      HexFormat.of().parseHex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");

  private final Hmac hmac = new Hmac("Jefe");

  @Test
  void isThatOfTheStandard() {
    assertThat(hmac.of("what do ya want for nothing?")).isEqualTo(EXPECTED);
  }

  @Test
  void takesPartsAsOneText() {
    assertThat(hmac.of("what do ya want ".getBytes(UTF_8), "for nothing?".getBytes(UTF_8)))
        .isEqualTo(EXPECTED);
  }

  @Test
  void matchesNothingElse() {
    byte[] text = "what do ya want for nothing?".getBytes(UTF_8);
    assertThat(hmac.matches(EXPECTED, text)).isTrue();
    assertThat(hmac.matches(EXPECTED, "another".getBytes(UTF_8))).isFalse();
    assertThat(hmac.matches(new byte[0], text)).isFalse();
    assertThat(new Hmac("other").matches(EXPECTED, text)).isFalse();
  }
}
