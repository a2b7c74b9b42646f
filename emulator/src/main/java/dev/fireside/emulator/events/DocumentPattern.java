package dev.fireside.emulator.events;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The pattern of a trigger: `posts/{id}`, `posts/{id}/comments/{comment}`,
/// `users/{uid}/{rest=**}`.
record DocumentPattern(List<String> segments) {
  private static final String MANY = "[^/]+(?:/[^/]+)*";
  private static final String ONE = "[^/]+";

  static DocumentPattern of(String text) {
    return new DocumentPattern(List.of(text.split("/", -1)));
  }

  /// Whether a document's path fits.
  boolean matches(String path) {
    return path.matches(
        segments.stream().map(DocumentPattern::regex).collect(Collectors.joining("/")));
  }

  /// The name of the collection that matching documents are in; null where that is open.
  @Nullable String collection() {
    String last = segments.getLast();
    String collection = segments.size() < 2 ? "{" : segments.get(segments.size() - 2);
    return last.endsWith("=**}") || collection.startsWith("{") ? null : collection;
  }

  private static String regex(String segment) {
    if (segment.endsWith("=**}")) {
      return MANY;
    }
    return segment.startsWith("{") ? ONE : Pattern.quote(segment);
  }
}
