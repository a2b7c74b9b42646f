package dev.fireside.emulator.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiContractTest {
  private static final String PERSON =
      """
      {"uid": "ann", "handle": "ann", "displayName": "Ann", "createdAt": "2026-01-01T00:00:00Z",
       "counts": {"followers": 0, "following": 0, "posts": 0}}
      """;

  private final ApiContract contract = ApiContract.load();

  @Test
  void takesWhatIsDocumented() {
    assertThatCode(
            () -> {
              contract.check("GET", "/api/users/ann", reply(200, PERSON));
              contract.check("GET", "/api/users?ids=ann", reply(200, list(PERSON)));
              contract.check("DELETE", "/api/users/me", new Reply(204, headers(""), none()));
            })
        .doesNotThrowAnyException();
  }

  @Test
  void refusesAFieldThatIsNotDocumented() {
    String more = PERSON.replace("\"followers\": 0", "\"followers\": 0, \"friends\": 0");

    assertThatThrownBy(() -> contract.check("GET", "/api/users/ann", reply(200, more)))
        .hasMessageContaining("/counts")
        .hasMessageContaining("friends");
    assertThatThrownBy(() -> contract.check("GET", "/api/users?ids=ann", reply(200, list(more))))
        .hasMessageContaining("/items/0/counts");
  }

  @Test
  void refusesAFieldOfAnotherKind() {
    assertThatThrownBy(() ->
            contract.check(
                "GET", "/api/users/ann", reply(200, PERSON.replace("2026-01-01", "1 May"))))
        .hasMessageContaining("/createdAt");
  }

  @Test
  void refusesAMissingField() {
    assertThatThrownBy(() -> contract.check("GET", "/api/users/ann", reply(200, "{}")))
        .hasMessageContaining("handle");
  }

  @Test
  void refusesASuccessThatIsNotDocumented() {
    assertThatThrownBy(() -> contract.check("GET", "/api/users/ann", reply(202, PERSON)))
        .hasMessageContaining("202");
  }

  @Test
  void holdsEveryFailureToBeAProblem() {
    assertThatThrownBy(() -> contract.check("GET", "/api/users/ann", reply(500, "{}")))
        .hasMessageContaining("500");
  }

  private static String list(String item) {
    return "{\"items\": [" + item + "]}";
  }

  private static Reply reply(int status, String json) {
    try {
      JsonNode body = Json.mapper().readTree(json);
      return new Reply(status, headers("application/json"), body);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static HttpHeaders headers(String type) {
    return HttpHeaders.of(
        type.isEmpty() ? Map.of() : Map.of("Content-Type", List.of(type)), (_, _) -> true);
  }

  private static JsonNode none() {
    return MissingNode.getInstance();
  }
}
