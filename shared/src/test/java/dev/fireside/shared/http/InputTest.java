package dev.fireside.shared.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputTest {
  private enum Color {
    RED,
    DARK_BLUE
  }

  private record Media(String url, long width) {}

  private static <T> T read(String body, Function<Input, T> read) {
    return Bodies.parse(body.getBytes(UTF_8), read);
  }

  private static <T> void reads(String body, Function<Input, T> read, T expected) {
    T value = read(body, read);
    assertThat((Object) value).isEqualTo(expected);
  }

  private static List<FieldError> errors(String body, Function<Input, ?> read) {
    ProblemException e = catchThrowableOfType(ProblemException.class, () -> read(body, read));
    assertThat(e).as("a refusal of " + body).isNotNull();
    assertThat(e.type()).isEqualTo(ProblemType.INVALID_INPUT);
    return e.errors();
  }

  private static Media media(Input input) {
    return new Media(input.text("url", 1, 20), input.number("width", 1, 4096));
  }

  @Test
  void readsEveryKindOfField() {
    String body =
        """
        {"text": "  héllo ", "form": "ab", "n": 7, "yes": true, "color": "dark-blue",
         "tags": ["a", " b "], "media": [{"url": "u", "width": 4}], "unknown": {"x": [1]}}
        """;

    reads(body, input -> input.text("text", 1, 5), "héllo");
    reads(body, input -> input.text("form", Pattern.compile("[ab]+"), "x"), "ab");
    reads(body, input -> input.number("n", 0, 7), 7L);
    reads(body, input -> input.flag("yes", false), true);
    reads(body, input -> input.oneOf("color", Color.RED), Color.DARK_BLUE);
    reads(body, input -> input.texts("tags", 2, 1, 5), List.of("a", "b"));
    reads(body, input -> input.objects("media", 1, InputTest::media), List.of(new Media("u", 4)));
    reads(body, input -> input.has("unknown"), true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"f\": null}"})
  void absentAndNullFieldsFallBack(String body) {
    reads(body, input -> String.valueOf(input.optionalText("f", 1, 5)), "null");
    reads(body, input -> input.number("f", 3, 0, 9), 3L);
    reads(body, input -> input.flag("f", true), true);
    reads(body, input -> input.oneOf("f", Color.RED), Color.RED);
    reads(body, input -> input.texts("f", 1, 1, 1), List.of());
    reads(body, input -> input.objects("f", 1, InputTest::media), List.of());
    reads(body, input -> input.isAbsent("f"), true);
    assertThat(errors(body, input -> input.text("f", 0, 5)))
        .containsExactly(new FieldError("f", "is missing"));
    assertThat(errors(body, input -> input.number("f", 0, 5)))
        .containsExactly(new FieldError("f", "is missing"));
  }

  @Test
  void tellsAllErrorsAtOnceByPointer() {
    String body =
        """
        {"text": 5, "long": "123456", "n": "7", "yes": "true", "color": "green",
         "tags": ["a", 1, ""], "media": [{"url": "u", "width": 4}, {"width": 0}, "x"]}
        """;

    List<FieldError> errors =
        errors(
            body,
            input -> {
              input.text("text", 1, 5);
              input.text("long", 1, 5);
              input.text("missing", 1, 5);
              input.number("n", 0, 9);
              input.flag("yes", false);
              input.oneOf("color", Color.RED);
              input.texts("tags", 5, 1, 5);
              return input.objects("media", 5, InputTest::media);
            });

    assertThat(errors)
        .extracting(FieldError::field, FieldError::message)
        .containsExactly(
            tuple("text", "must be a text"),
            tuple("long", "must be 1 to 5 characters long"),
            tuple("missing", "is missing"),
            tuple("n", "must be a whole number"),
            tuple("yes", "must be true or false"),
            tuple("color", "must be one of red, dark-blue"),
            tuple("tags/1", "must be a text"),
            tuple("tags/2", "must be 1 to 5 characters long"),
            tuple("media/1/url", "is missing"),
            tuple("media/1/width", "must be from 1 to 4096"),
            tuple("media/2", "must be an object"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "1.0", "1e3", "\"1\"", "true", "[]", "{}", "9223372036854775808"})
  void refusesWhatIsNoWholeNumber(String value) {
    assertThat(errors("{\"n\": " + value + "}", input -> input.number("n", 0, Long.MAX_VALUE)))
        .containsExactly(new FieldError("n", "must be a whole number"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "true", "[\"a\"]", "{\"a\": 1}"})
  void refusesWhatIsNoText(String value) {
    assertThat(errors("{\"f\": " + value + "}", input -> input.optionalText("f", 0, 9)))
        .containsExactly(new FieldError("f", "must be a text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"RED\"", "\"Red\"", "\"\"", "0", "[\"red\"]"})
  void takesEnumsByTheirExactLowerCaseName(String value) {
    assertThat(errors("{\"f\": " + value + "}", input -> input.optionalOneOf("f", Color.class)))
        .containsExactly(new FieldError("f", "must be one of red, dark-blue"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\ud800",
        "a\\udc00b",
        "\\ude00\\ud83d",
        "\\u0000",
        "\\u0007",
        "\\u007f",
        "\\u009f"
      })
  void refusesHalfSurrogatesAndControlCharacters(String escape) {
    assertThat(errors("{\"f\": \"x" + escape + "x\"}", input -> input.text("f", 0, 9)))
        .containsExactly(
            new FieldError("f", "holds control characters or half of a surrogate pair"));
  }

  @Test
  void countsCodePointsWithoutSurroundingWhiteSpace() {
    reads("{\"f\": \" \\ud83d\\ude00\\u2003\\n\"}", input -> input.text("f", 1, 1), "😀");
    reads("{\"f\": \"a\\n\\tb\"}", input -> input.text("f", 1, 4), "a\n\tb");
    assertThat(errors("{\"f\": \"  \\t \"}", input -> input.text("f", 1, 9)))
        .containsExactly(new FieldError("f", "must be 1 to 9 characters long"));
  }

  @Test
  void boundsLists() {
    assertThat(errors("{\"f\": [\"a\", \"b\"]}", input -> input.texts("f", 1, 1, 1)))
        .containsExactly(new FieldError("f", "must have at most 1 entries"));
    assertThat(errors("{\"f\": {\"0\": \"a\"}}", input -> input.texts("f", 1, 1, 1)))
        .containsExactly(new FieldError("f", "must be a list"));
    assertThat(errors("{\"f\": [null]}", input -> input.texts("f", 1, 1, 1)))
        .containsExactly(new FieldError("f/0", "must be a text"));
  }

  @Test
  void aTextOfTheWrongFormIsToldTheRule() {
    assertThat(
            errors(
                "{\"f\": \"a!\"}",
                input -> input.text("f", Pattern.compile("[a-z]+"), "must be letters")))
        .containsExactly(new FieldError("f", "must be letters"));
  }

  @Test
  void aDomainValueMayRefuseTheStandInOfAWrongField() {
    assertThat(
            errors(
                "{}",
                input -> {
                  if (input.text("f", 1, 9).isEmpty()) {
                    throw new IllegalArgumentException("empty");
                  }
                  return Set.of();
                }))
        .containsExactly(new FieldError("f", "is missing"));
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            read(
                "{}",
                input -> {
                  throw new IllegalArgumentException("a bug");
                }));
  }

  @Test
  void readsDecimalsAsWholeUnits() {
    reads("{\"n\": 12.5}", input -> input.units("n", 2, 0, 10_000), 1_250L);
    reads("{\"n\": 1.2500e1}", input -> input.units("n", 2, 0, 10_000), 1_250L);
    reads("{\"n\": 7.0}", input -> input.units("n", 0, 0, 10), 7L);
    reads("{\"n\": -3}", input -> input.units("n", 1, -30, 0), -30L);
    reads(
        "{\"n\": 9007199254740991}",
        input -> input.units("n", 0, 0, 9_007_199_254_740_991L),
        9_007_199_254_740_991L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "9007199254740993",
        "1e400",
        "-1e999999999",
        "1e999999999",
        "1.5",
        "1e-999999999",
        "1e2147483647",
        "100e2147483647",
        "1e-2147483647",
        "\"7\"",
        "true",
        "[]",
        "null",
        "-1"
      })
  void refusesNumbersThatNoUnitsCanHold(String number) {
    assertThat(
            errors(
                "{\"n\": " + number + "}", input -> input.units("n", 0, 0, 9_007_199_254_740_991L)))
        .extracting(FieldError::field)
        .containsExactly("n");
  }

  @Test
  void readsANumberAsItWasWritten() {
    reads("{\"n\": 12.50}", input -> input.decimal("n"), new BigDecimal("12.5"));
    reads(
        "{\"n\": -9007199254740993}",
        input -> input.decimal("n").longValueExact(),
        -9_007_199_254_740_993L);
    reads("{\"n\": 0e99}", input -> input.decimal("n"), BigDecimal.ZERO);
    for (String number :
        List.of(
            "1e18",
            "1e999999999",
            "1e2147483647",
            "100e2147483647",
            "1e-19",
            "1e-999999999",
            "1e-2147483647",
            "\"7\"",
            "null")) {
      assertThat(errors("{\"n\": " + number + "}", input -> input.decimal("n")))
          .extracting(FieldError::field)
          .containsExactly("n");
    }
  }

  @Test
  void readsAnObjectOfAnyFieldsUpToItsLimit() {
    reads("{\"m\": {\"a\": [1, 2.50]}}", input -> input.optionalJson("m", 13), "{\"a\":[1,2.5]}");
    assertThat(errors("{\"m\": {\"a\": [1, 2.50]}}", input -> input.optionalJson("m", 12)))
        .containsExactly(new FieldError("m", "must be at most 12 bytes of JSON"));
    assertThat(errors("{\"m\": [1]}", input -> input.optionalJson("m", 13)))
        .containsExactly(new FieldError("m", "must be an object"));
  }

  @Test
  void refusesHalfACharacterInAnObject() {
    assertThat(errors("{\"m\": {\"a\": \"\\ud800\"}}", input -> input.optionalJson("m", 100)))
        .extracting(FieldError::field)
        .containsExactly("m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "-1e309",
        "1e-401",
        "1e-330",
        "100e2147483647",
        "9223372036854775808",
        "-9223372036854775809",
        "99999999999999999999999999"
      })
  void refusesNumbersThatNotEveryReaderCanHold(String number) {
    assertThat(
            errors(
                "{\"m\": {\"ok\": 1, \"a\": [0.5, {\"b\": " + number + "}]}}",
                input -> input.optionalJson("m", 200)))
        .extracting(FieldError::field)
        .containsExactly("m/a/1/b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e308", "-1e-300", "9223372036854775807", "0.1", "0", "1e20"})
  void takesNumbersThatEveryReaderCanHold(String number) {
    String read = read("{\"m\": {\"a\": " + number + "}}", input -> input.optionalJson("m", 100));

    assertThat(read).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x200B, 0x200E, 0x3164, 0x2800, 0xAD, 0xFE0F, 0xFEFF, 0xA0, 0x301})
  void refusesTextsOfWhichNothingCanBeSeen(int codePoint) {
    String text = Character.toString(codePoint).repeat(2);

    assertThat(errors("{\"t\": \"" + text + "\"}", input -> input.optionalText("t", 0, 9)))
        .extracting(FieldError::field)
        .containsExactly("t");
    reads("{\"t\": \"a" + text + "🙂\"}", input -> input.text("t", 1, 9), "a" + text + "🙂");
  }

  @Test
  void readsAddresses() {
    reads(
        "{\"u\": \" https://bücher.example/a \"}",
        input -> input.url("u", 100),
        "https://xn--bcher-kva.example/a");
    assertThat(errors("{\"u\": \"https://u:p@a.example\"}", input -> input.url("u", 100)))
        .containsExactly(new FieldError("u", "must be an https address"));
    reads("{\"u\": null}", input -> input.optionalUrl("u", 100), null);
  }
}
