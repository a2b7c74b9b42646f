package dev.fireside.shared.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BodiesTest {
  private static FieldError refusal(byte[] body) {
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class, () -> Bodies.parse(body, input -> input.has("a")));
    assertThat(e).as("a refusal of %s", new String(body, UTF_8)).isNotNull();
    assertThat(e.type()).isEqualTo(ProblemType.MALFORMED_BODY);
    assertThat(e.errors()).hasSize(1);
    return e.errors().getFirst();
  }

  private static FieldError refusal(String body) {
    return refusal(body.getBytes(UTF_8));
  }

  private static String read(String body) {
    return Bodies.parse(body.getBytes(UTF_8), input -> input.text("a", 0, 1_000_000));
  }

  @Test
  void readsUtf8WithAndWithoutAByteOrderMark() {
    assertThat(read("{\"a\": \"grüße 😀\"}")).isEqualTo("grüße 😀");
    assertThat(read("\uFEFF{\"a\": \"b\"}")).isEqualTo("b");
    assertThat(read("\n {\"a\": \"b\"}\r\n\t ")).isEqualTo("b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n", "\uFEFF"})
  void refusesNothing(String body) {
    assertThat(refusal(body)).isEqualTo(new FieldError("body", "is empty"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[{\"a\":1}]", "\"a\"", "1", "null", "true"})
  void refusesWhatIsNoObject(String body) {
    assertThat(refusal(body)).isEqualTo(new FieldError("body", "must be a JSON object"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "{\"a\":}",
        "{\"a\":1,}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":1} x",
        "{\"a\":1}{}",
        "{\"a\":1}]",
        "{\"a\":01}",
        "{\"a\":NaN}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\\x\"}",
        "{\"a\":1 // no\n}",
        "}",
        "\0{}"
      })
  void refusesWhatIsNoJson(String body) {
    refusal(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\": {\"b\": [1, 2, x]}} | a/b/2",
        "{\"a\": {\"b\": 1, \"b\": 2}} | a/b",
        "{\"a\": 1, \"a\": 2} | a",
        "{\"a/b\": x} | a~1b",
        "{\"a\": [{\"b\": \"unfinished | a/0/b",
        "{\"a\": [1, {\"b\": 1e99999999999}]} | a/1/b",
        "{\"a\": 1e-2147483648} | a",
        "{\"a\": 0e-2147483648} | a"
      })
  void saysWhereTheJsonBreaks(String body, String pointer) {
    assertThat(refusal(body).field()).isEqualTo(pointer);
  }

  @Test
  void namesTheKeyThatIsThereTwice() {
    assertThat(refusal("{\"a\": 1, \"a\": 2}").message()).contains("Duplicate", "a");
  }

  static Stream<Arguments> brokenUtf8() {
    return Stream.of(
        Arguments.of("c0af", "an overlong slash"),
        Arguments.of("e080af", "a longer overlong slash"),
        Arguments.of("c080", "an overlong zero"),
        Arguments.of("eda080", "a high surrogate"),
        Arguments.of("edb080", "a low surrogate"),
        Arguments.of("f4908080", "a character past the last"),
        Arguments.of("ff", "a byte that never occurs"),
        Arguments.of("80", "a continuation of nothing"),
        Arguments.of("e282", "a cut character"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("brokenUtf8")
  void refusesBrokenUtf8AndSaysWhere(String hex, String what) {
    byte[] start = "{\"ok\": 1, \"list\": [\"ü\", \"".getBytes(UTF_8);
    byte[] body = concat(start, HexFormat.of().parseHex(hex), "\"]}".getBytes(UTF_8));

    FieldError error = refusal(body);

    assertThat(error.field()).isEqualTo("list/1");
    assertThat(error.message()).contains("UTF-8").contains("byte " + start.length);
  }

  @Test
  void refusesBrokenUtf8AtTheVeryEnd() {
    assertThat(refusal(concat("{\"a\": \"".getBytes(UTF_8), new byte[] {(byte) 0xe2, (byte) 0x82})))
        .extracting(FieldError::message)
        .asString()
        .contains("UTF-8");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void refusesOtherEncodings(String charset) {
    refusal("{\"a\": \"b\"}".getBytes(Charset.forName(charset)));
  }

  @Test
  void refusesDeepNesting() {
    assertThat(read("{\"a\": \"x\", \"b\": " + "[".repeat(31) + "]".repeat(31) + "}"))
        .isEqualTo("x");
    assertThat(refusal("{\"b\": " + "[".repeat(32) + "]".repeat(32) + "}"))
        .extracting(FieldError::message)
        .isEqualTo("is nested deeper than 32 levels, or too long");
    refusal("[".repeat(200_000));
    refusal("{\"a\":".repeat(40_000));
  }

  @Test
  void survivesMonstrousNumbers() {
    refusal("{\"a\": " + "9".repeat(100_000) + "}");
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () ->
                Bodies.parse(
                    "{\"a\": 1e999999999, \"b\": 123456789012345678901234567890}".getBytes(UTF_8),
                    input -> input.number("a", 0, 9) + input.number("b", 0, 9)));
    assertThat(e.errors()).extracting(FieldError::field).containsExactly("a", "b");
  }

  @Test
  void takesExactly256KiBAndNoMore() throws IOException {
    byte[] full = new byte[Bodies.BYTES_MAX];
    assertThat(Bodies.read(-1, new ByteArrayInputStream(full))).hasSize(256 * 1024);
    assertThat(Bodies.read(full.length, new ByteArrayInputStream(full))).hasSize(256 * 1024);

    for (int size : new int[] {Bodies.BYTES_MAX + 1, 2 * 1024 * 1024}) {
      var in = new ByteArrayInputStream(new byte[size]);
      ProblemException e = catchThrowableOfType(ProblemException.class, () -> Bodies.read(-1, in));
      assertThat(e.type()).isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
      assertThat(size - in.available()).isLessThanOrEqualTo(Bodies.BYTES_MAX + 1);
    }
  }

  @Test
  void refusesADeclaredLengthWithoutReading() {
    ProblemException e =
        catchThrowableOfType(
            ProblemException.class,
            () -> Bodies.read(Bodies.BYTES_MAX + 1, InputStream.nullInputStream()));
    assertThat(e.type()).isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
  }

  @Test
  void parsesABodyOfFullSize() {
    String body = "{\"a\": \"" + "x".repeat(Bodies.BYTES_MAX - 9) + "\"}";
    assertThat(body.getBytes(StandardCharsets.US_ASCII)).hasSize(Bodies.BYTES_MAX);
    assertThat(read(body)).hasSize(Bodies.BYTES_MAX - 9);
  }

  private static byte[] concat(byte[]... parts) {
    var all = new java.io.ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Test
  void unpacksGzip() throws IOException {
    byte[] plain = "{\"a\": 1}".getBytes(UTF_8);
    assertThat(Bodies.decoded(gzip(plain), " GZIP")).isEqualTo(plain);
    assertThat(Bodies.decoded(plain, "identity")).isEqualTo(plain);
  }

  @Test
  void unpacksNoMoreThanOneMiB() throws IOException {
    assertThat(Bodies.decoded(gzip(new byte[Bodies.UNPACKED_MAX]), "gzip"))
        .hasSize(Bodies.UNPACKED_MAX);
    byte[] bomb = gzip(new byte[Bodies.UNPACKED_MAX + 1]);
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> Bodies.decoded(bomb, "gzip")).type())
        .isEqualTo(ProblemType.PAYLOAD_TOO_LARGE);
  }

  @Test
  void refusesWhatIsNoGzipAndOtherEncodings() {
    byte[] plain = "{}".getBytes(UTF_8);
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> Bodies.decoded(plain, "gzip"))
                .type())
        .isEqualTo(ProblemType.MALFORMED_BODY);
    assertThat(
            catchThrowableOfType(ProblemException.class, () -> Bodies.decoded(plain, "br")).type())
        .isEqualTo(ProblemType.UNSUPPORTED_MEDIA_TYPE);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}
