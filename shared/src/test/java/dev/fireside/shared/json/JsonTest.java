package dev.fireside.shared.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTest {
  private record Thing(Uid owner, Instant at, @Nullable String note, List<Uid> others) {}

  private static final Thing THING =
      new Thing(
          new Uid("ann"), Instant.parse("2026-01-01T12:00:00.5Z"), null, List.of(new Uid("bob")));

  @Test
  void writesIdsAndInstantsAsTextsAndLeavesOutWhatIsAbsent() throws JsonProcessingException {
    String text = Json.mapper().writeValueAsString(THING);

    assertThat(text)
        .isEqualTo("{\"owner\":\"ann\",\"at\":\"2026-01-01T12:00:00.500Z\",\"others\":[\"bob\"]}");
    assertThat(Json.mapper().readValue(text, Thing.class)).isEqualTo(THING);
  }

  @Test
  void passesOverFieldsOfALaterVersion() throws JsonProcessingException {
    assertThat(Json.mapper().readValue("{\"owner\":\"ann\",\"new\":1}", Thing.class).owner())
        .isEqualTo(new Uid("ann"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"owner\": \"a b\"}",
        "{\"owner\": 5}",
        "{\"owner\": {\"value\": \"ann\"}}",
        "{\"owner\": [\"ann\"]}",
        "{\"others\": [\"ann\", \"\"]}",
        "{\"at\": \"yesterday\"}",
        "{\"at\": 0}",
        "{\"owner\": \"ann\", \"owner\": \"bob\"}",
        "{} {}"
      })
  void refusesWithAnExceptionOfJackson(String text) {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> Json.mapper().readValue(text, Thing.class));
  }

  @Test
  void refusesWrongTextsAtTheTopToo() {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> Json.mapper().readValue("\"a b\"", Uid.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1e99999999999]", "{\"a\": 1e-2147483648}", "1 2", "{", "nothing"})
  void readsNoTreeFromWhatIsNoJson(String text) {
    assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> Json.tree(text));
  }

  @Test
  void readsNumbersOfATreeAsTheyWereWritten() throws JsonProcessingException {
    assertThat(Json.tree("1e400")).hasToString("1E+400");
  }
}
