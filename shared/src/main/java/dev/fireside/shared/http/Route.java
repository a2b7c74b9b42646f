package dev.fireside.shared.http;

import dev.fireside.shared.auth.Access;
import dev.fireside.shared.limits.Budget;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One method on one path template.
///
/// @param method the HTTP method
/// @param template path with parameters, such as `/api/posts/{id}`
/// @param access who may call it
/// @param budget what a signed-in caller may spend on it; null for the default budget
/// @param handler what answers
record Route(
    String method, String template, Access access, @Nullable Budget budget, Handler handler) {

  /// The path parameters if the path fits the template, else null.
  @Nullable Map<String, String> match(String path) {
    List<String> pattern = segments(template);
    List<String> actual = segments(path);
    if (pattern.size() != actual.size()) {
      return null;
    }
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      String segment = decode(actual.get(i));
      if (segment == null) {
        return null;
      }
      if (expected.startsWith("{")) {
        parameters.put(expected.substring(1, expected.length() - 1), segment);
      } else if (!expected.equals(segment)) {
        return null;
      }
    }
    return parameters;
  }

  /// How many parts of the template are fixed: the route with more of them goes first.
  long fixedSegments() {
    return segments(template).stream().filter(segment -> !segment.startsWith("{")).count();
  }

  private static List<String> segments(String path) {
    String trimmed = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    return List.of(trimmed.split("/", -1));
  }

  private static @Nullable String decode(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
