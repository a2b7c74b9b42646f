package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.shared.auth.Role;
import dev.fireside.shared.lists.Part;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.GivenUpException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SheetTest {
  private static final Sheet<Row> SHEET =
      Sheet.<Row>named("rows").column("name", Row::name).column("value", Row::value).sheet();

  private record Row(@Nullable String name, @Nullable Object value) {}

  private static <T> String csv(Sheet<T> sheet, List<T> things) throws IOException {
    var out = new ByteArrayOutputStream();
    sheet.body((_, _) -> new Part<>(things, null)).writeTo(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void quotesWhatNeedsIt() throws IOException {
    var rows =
        List.of(
            new Row("plain", 1L),
            new Row("a,b", "say \"hi\""),
            new Row("two\nlines", "cr\rlf"),
            new Row("Zoë, 日本", ""));

    assertThat(csv(SHEET, rows).split("\r\n", -1))
        .containsExactly(
            "name,value",
            "plain,1",
            "\"a,b\",\"say \"\"hi\"\"\"",
            "\"two\nlines\",\"cr\rlf\"",
            "\"Zoë, 日本\",",
            "");
  }

  @Test
  void writesValuesAsJsonDoes() throws IOException {
    var rows =
        List.of(
            new Row(null, -160L),
            new Row("at", Instant.parse("2026-12-01T10:00:00.500Z")),
            new Row("role", Role.MODERATOR),
            new Row("some", List.of("a", 1)),
            new Row("truth", true));

    assertThat(csv(SHEET, rows).lines())
        .containsExactly(
            "name,value",
            ",-160",
            "at,2026-12-01T10:00:00.500Z",
            "role,moderator",
            "some,a; 1",
            "truth,true");
  }

  @Test
  void aFormulaThatNeedsQuotesIsHarmlessInThem() throws IOException {
    assertThat(csv(SHEET, List.of(new Row("=HYPERLINK(\"x\",1)", "\r=1"))))
        .endsWith("\"'=HYPERLINK(\"\"x\"\",1)\",\"'\r=1\"\r\n");
  }

  @Test
  void anEmptyListHasItsHeaders() throws IOException {
    assertThat(csv(SHEET, List.of())).isEqualTo("name,value\r\n");
  }

  @Test
  void aThingMayHaveSeveralRowsOrNone() throws IOException {
    Sheet<List<Row>> sheet =
        Sheet.<Row>named("rows").column("name", Row::name).each(things -> things);

    assertThat(csv(sheet, List.of(List.of(new Row("a", 1), new Row("b", 2)), List.of())))
        .isEqualTo("name\r\na\r\nb\r\n");
  }

  private static Part<Row> numbers(@Nullable String after, int limit, int end) {
    int from = after == null ? 0 : Integer.parseInt(after);
    int to = Math.min(end, from + limit);
    return new Part<>(
        IntStream.range(from, to).mapToObj(i -> new Row("r", i)).toList(),
        to == end ? null : Integer.toString(to));
  }

  @Test
  void readsPartByPartToTheEnd() throws IOException {
    var asked = new ArrayList<@Nullable String>();
    var out = new ByteArrayOutputStream();
    SHEET
        .body((after, limit) -> {
          asked.add(after);
          return numbers(after, limit, 1_200);
        })
        .writeTo(out);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSize(1_201)
        .last()
        .isEqualTo("r,1199");
    assertThat(asked).containsExactly(null, "500", "1000");
  }

  @Test
  void readsNoFurtherWhenItsTimeIsOver() {
    StreamedBody body = SHEET.body((after, limit) -> numbers(after, limit, Integer.MAX_VALUE));

    assertThatThrownBy(() ->
            Errand.request()
                .within(Duration.ZERO)
                .call(() -> {
                  body.writeTo(new ByteArrayOutputStream());
                  return body;
                }))
        .isInstanceOf(GivenUpException.class);
  }
}
