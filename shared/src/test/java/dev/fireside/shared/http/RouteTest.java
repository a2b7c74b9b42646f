package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.auth.Access;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RouteTest {
  private static @Nullable Map<String, String> match(String template, String path) {
    List<String> segments = Route.segments(path);
    return segments == null
        ? null
        : new Route(
                "GET", template, Access.PUBLIC, null, (_, _) -> _ -> Response.noContent(), false)
            .match(segments);
  }

  @Test
  void takesParametersOutOfThePath() {
    assertThat(match("/api/users/{id}/followers/{other}", "/api/users/ann/followers/bob"))
        .containsExactly(Map.entry("id", "ann"), Map.entry("other", "bob"));
    assertThat(match("/api/users", "/api/users")).isEmpty();
  }

  @Test
  void aSlashAtTheEndChangesNothing() {
    assertThat(match("/api/users", "/api/users/")).isEmpty();
    assertThat(match("/api/users/{id}", "/api/users/ann/")).containsEntry("id", "ann");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/users",
        "/api/users/",
        "/api/users//",
        "/api/users/a/b",
        "/api/user/a",
        "//api/users/a",
        "/API/users/a",
        "api/users/a",
        "/",
        ""
      })
  void leavesOtherPathsAlone(String path) {
    assertThat(match("/api/users/{id}", path)).isNull();
  }

  @Test
  void decodesEachPartByItself() {
    assertThat(match("/api/tags/{tag}", "/api/tags/gr%C3%BC%c3%9fe+%2B%25"))
        .containsEntry("tag", "grüße++%");
    assertThat(match("/api/tags/{tag}", "/api/tags/a%2Fb")).containsEntry("tag", "a/b");
    assertThat(match("/api/tags/{tag}", "/api%2Ftags/a")).isNull();
    assertThat(match("/api/tags/{tag}", "/api/%74ags/a")).containsEntry("tag", "a");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "%2", "a%", "%zz", "%-1", "%+1", "%FF", "%C3", "%ED%A0%80", "%C0%AF"})
  void aBrokenPercentEncodingMatchesNothing(String segment) {
    assertThat(match("/api/tags/{tag}", "/api/tags/" + segment)).isNull();
  }
}
