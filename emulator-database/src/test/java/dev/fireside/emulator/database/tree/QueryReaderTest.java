package dev.fireside.emulator.database.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryReaderTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String DATA =
      "{\"a\":{\"n\":3},\"b\":{\"n\":1},\"c\":{\"n\":2},\"d\":{\"n\":2},\"e\":5,\"1\":{\"n\":null,\"m\":1}}";

  private static String keys(Query query) throws Exception {
    Node root = new NodeReader(0).read(MAPPER.readTree(DATA), Path.ROOT, Node.empty());
    Branch window = (Branch) new Window(Path.ROOT, query).of(root);
    StringBuilder keys = new StringBuilder();
    window.children().forEach(child -> keys.append(child.getKey()));
    return keys.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|1abcde",
        "{\"i\":\".key\",\"l\":2,\"vf\":\"r\"}|de",
        "{\"l\":2,\"vf\":\"l\"}|1a",
        "{\"i\":\"n\",\"sp\":2,\"ep\":2}|cd",
        "{\"i\":\"n\",\"sp\":2,\"sn\":\"d\"}|ad",
        "{\"i\":\"n\",\"sp\":2,\"sn\":\"[MAX_NAME]\",\"sin\":false}|a",
        "{\"i\":\"n\",\"ep\":2,\"en\":\"[MIN_NAME]\",\"ein\":false}|1be",
        "{\"i\":\"n\",\"sp\":null,\"ep\":null}|1e",
        "{\"i\":\".key\",\"sp\":\"b\",\"sin\":false,\"ep\":\"d\"}|cd",
        "{\"i\":\".value\",\"l\":1,\"vf\":\"l\"}|e",
        "{\"i\":\"n\",\"sp\":1,\"l\":2}|bc",
      })
  void readsWhatTheSdksSend(String q, String expected) throws Exception {
    assertThat(keys(QueryReader.message(MAPPER.readTree(q)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "print=pretty|1abcde",
        "orderBy=\"$key\"&startAt=\"c\"|cde",
        "orderBy=\"$key\"&startAfter=\"c\"|de",
        "orderBy=\"n\"&equalTo=2|cd",
        "orderBy=\"n\"&startAfter=2|a",
        "orderBy=\"n\"&endBefore=2&limitToLast=2|be",
        "orderBy=\"$value\"&limitToFirst=1|e",
        "orderBy=\"$priority\"&limitToFirst=2|1a",
      })
  void readsTheParametersOfRest(String parameters, String expected) throws Exception {
    assertThat(keys(QueryReader.parameters(parse(parameters)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "limitToFirst=1|orderBy must be defined",
        "orderBy=n|orderBy must be a valid JSON",
        "orderBy=1|orderBy must be a string",
        "orderBy=\"n\"&limitToFirst=0|A limit must be",
        "orderBy=\"n\"&limitToFirst=\"3\"|A limit must be",
        "orderBy=\"n\"&limitToFirst=1&limitToLast=1|Only one of limitToFirst",
        "orderBy=\"n\"&equalTo=1&startAt=1|equalTo cannot be",
        "orderBy=\"n\"&startAt=1&startAfter=1|A query has at most",
        "orderBy=\"n\"&startAt={}|A query starts and ends",
        "orderBy=\"$key\"&startAt=1|Ordered by key",
        "orderBy=\"a.b\"|The key",
        "orderBy=\"/\"|\"/\" is no path",
      })
  void refusesOtherParameters(String parameters, String message) {
    assertThatThrownBy(() -> QueryReader.parameters(parse(parameters)))
        .isInstanceOf(InvalidDataException.class)
        .hasMessageStartingWith(message);
  }

  private static Map<String, String> parse(String parameters) {
    return Arrays.stream(parameters.split("&"))
        .map(pair -> pair.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  @Test
  void takesAQueryWithoutBoundsAndLimitForAll() throws Exception {
    assertThat(QueryReader.message(MAPPER.readTree("{\"i\":\"n\"}")).loadsAll()).isTrue();
    assertThat(QueryReader.message(MAPPER.readTree("{\"l\":1}")).loadsAll()).isFalse();
  }
}
