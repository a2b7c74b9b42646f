package dev.fireside.play.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.play.domain.SessionSignature.Verdict;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSignatureTest {
  private static final String SECRET = "fireside-local-only-secret-of-32-bytes";
  private static final SessionId ID = new SessionId("01JD6V8Q3ZC5T4X9N2M7B1K0HA");
  private static final String PATH = "/api/games/" + ID + "/finish";
  private static final Instant NOW = Instant.ofEpochSecond(1_763_707_200L);
  private static final byte[] BODY = "{\"score\":12}".getBytes(UTF_8);
  private static final String HEX =
      "7fefbe786eea79d5ab56c646304381dcf3ddbe2e5d357cbdf72fb8de2353a4dd";

  private final SessionKeys keys = new SessionKeys(List.of(SECRET));

  /// The vectors of the guide, worked out with another program.
  @Test
  void signsAsOtherProgramsDo() {
    String key = keys.signingKey(ID);
    assertThat(key).isEqualTo("umai8_c7-TcILvDu8gwOhQeHdyVq9ikh7JaU9E1AuAE");
    assertThat(SessionSignature.sign(key, NOW, "POST", PATH, BODY))
        .isEqualTo("t=1763707200,v1=" + HEX);
    assertThat(SessionSignature.sign(key, NOW, "POST", PATH, new byte[0]))
        .endsWith("v1=0f55a502175e6fb1e0c03ee7aff3e29fd14cf2034b65a1809d818ff1905f9abc");
    assertThat(
            SessionSignature.sign(
                key, NOW, "POST", PATH, new byte[] {0x1f, (byte) 0x8b, 0, (byte) 0xff}))
        .endsWith("v1=c0923c75fd50d77b4076c97959d4d1eadd14522132382c0eb16b4606295ff2cb");
  }

  @Test
  void takesWhatItSigned() {
    assertThat(verdict(signed(), NOW)).isEqualTo(Verdict.VALID);
  }

  @Test
  void takesClocksThatAreFiveMinutesApart() {
    assertThat(verdict(signed(), NOW.plusSeconds(300))).isEqualTo(Verdict.VALID);
    assertThat(verdict(signed(), NOW.minusSeconds(300))).isEqualTo(Verdict.VALID);
    assertThat(verdict(signed(), NOW.plusSeconds(301))).isEqualTo(Verdict.OTHER_TIME);
    assertThat(verdict(signed(), NOW.minusSeconds(301))).isEqualTo(Verdict.OTHER_TIME);
    assertThat(verdict("t=999999999999,v1=" + HEX, NOW)).isEqualTo(Verdict.OTHER_TIME);
    assertThat(verdict("t=0,v1=" + HEX, NOW)).isEqualTo(Verdict.OTHER_TIME);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "t=1763707200",
        "v1=" + HEX,
        "v1=" + HEX + ",t=1763707200",
        "t=1763707200, v1=" + HEX,
        " t=1763707200,v1=" + HEX,
        "t=1763707200,v1=" + HEX + " ",
        "t=1763707200,v1=" + HEX + "\n",
        "t=1763707200,v1=" + HEX + ",v1=" + HEX,
        "t=1763707200,v0=" + HEX,
        "t=,v1=" + HEX,
        "t=-1763707200,v1=" + HEX,
        "t=+1763707200,v1=" + HEX,
        "t=1763707200.0,v1=" + HEX,
        "t=1e9,v1=" + HEX,
        "t=1234567890123,v1=" + HEX,
        "t=99999999999999999999999999,v1=" + HEX,
        "t=١٧٦٣٧٠٧٢٠٠,v1=" + HEX,
        "T=1763707200,V1=" + HEX,
        "t=1763707200,v1=",
        "t=1763707200,v1=7fef",
        "t=1763707200,v1=" + HEX + "00",
        "t=1763707200,v1=7FEFBE786EEA79D5AB56C646304381DCF3DDBE2E5D357CBDF72FB8DE2353A4DD",
        "t=1763707200,v1=zzefbe786eea79d5ab56c646304381dcf3ddbe2e5d357cbdf72fb8de2353a4dd",
      })
  void refusesEveryOtherForm(String header) {
    assertThat(verdict(header, NOW)).isEqualTo(Verdict.MALFORMED);
  }

  @Test
  void noticesEveryFlippedBitOfTheBody() {
    for (int bit = 0; bit < BODY.length * 8; bit++) {
      byte[] flipped = BODY.clone();
      flipped[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(keys.verify(ID, signed(), NOW, "POST", PATH, flipped)).isEqualTo(Verdict.WRONG);
    }
  }

  @Test
  void noticesEveryOtherDigitOfTheSignature() {
    for (int i = 0; i < HEX.length(); i++) {
      char other = HEX.charAt(i) == '0' ? '1' : '0';
      String changed = HEX.substring(0, i) + other + HEX.substring(i + 1);
      assertThat(verdict("t=1763707200,v1=" + changed, NOW)).isEqualTo(Verdict.WRONG);
    }
  }

  @Test
  void bindsTimeMethodPathAndSession() {
    String header = signed();
    var other = new SessionId("01JD6V8Q3ZC5T4X9N2M7B1K0HB");
    assertThat(verdict(header.replace("200,", "201,"), NOW)).isEqualTo(Verdict.WRONG);
    assertThat(keys.verify(ID, header, NOW, "PUT", PATH, BODY)).isEqualTo(Verdict.WRONG);
    assertThat(keys.verify(ID, header, NOW, "POST", PATH + "/", BODY)).isEqualTo(Verdict.WRONG);
    assertThat(keys.verify(other, header, NOW, "POST", PATH, BODY)).isEqualTo(Verdict.WRONG);
  }

  @Test
  void takesKeysOfAnEarlierSecretWhileItIsReplaced() {
    String next = "another-secret-that-is-32-bytes-or-more";
    var rotating = new SessionKeys(List.of(next, SECRET));
    assertThat(rotating.signingKey(ID)).isNotEqualTo(keys.signingKey(ID));
    assertThat(rotating.verify(ID, signed(), NOW, "POST", PATH, BODY)).isEqualTo(Verdict.VALID);
    assertThat(new SessionKeys(List.of(next)).verify(ID, signed(), NOW, "POST", PATH, BODY))
        .isEqualTo(Verdict.WRONG);
  }

  private String signed() {
    return SessionSignature.sign(keys.signingKey(ID), NOW, "POST", PATH, BODY);
  }

  private Verdict verdict(String header, Instant now) {
    return keys.verify(ID, header, now, "POST", PATH, BODY);
  }
}
