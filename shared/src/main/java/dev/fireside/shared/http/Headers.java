package dev.fireside.shared.http;

import com.google.cloud.functions.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a request brings beside its path and body, read once: the Functions Framework copies all of
/// it whenever one value is asked for.
final class Headers {
  private final HttpRequest request;
  private final Map<String, List<String>> headers;
  private @Nullable Map<String, List<String>> parameters;

  Headers(HttpRequest request) {
    this.request = request;
    this.headers = request.getHeaders();
  }

  /// The first header of this name; null where there is none.
  @Nullable String first(String name) {
    return first(headers.get(name));
  }

  /// All headers of this name.
  List<String> all(String name) {
    return headers.getOrDefault(name, List.of());
  }

  /// The first query parameter of this name. Throws what the server throws at a query that cannot
  /// be decoded.
  Optional<String> parameter(String name) {
    Map<String, List<String>> known = parameters;
    if (known == null) {
      known = request.getQueryParameters();
      parameters = known;
    }
    return Optional.ofNullable(first(known.get(name)));
  }

  private static @Nullable String first(@Nullable List<String> values) {
    return values == null || values.isEmpty() ? null : values.getFirst();
  }
}
