package dev.fireside.shared.http;

import dev.fireside.shared.auth.Access;
import dev.fireside.shared.limits.Budget;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One method on one path template.
final class Route {
  private final String method;
  private final String template;
  private final Access access;
  private final @Nullable Budget budget;
  private final OpeningHandler handler;
  private final boolean keepsKeys;
  private final List<String> pattern;

  /// The parameter that each part of the template stands for; empty for a fixed part.
  private final List<String> names;

  private final long fixedSegments;

  /// @param method the HTTP method
  /// @param template path with parameters, such as `/api/posts/{id}`
  /// @param access who may call it
  /// @param budget what a signed-in caller may spend on it; null for the default budget
  /// @param handler what answers
  /// @param keepsKeys whether the handler itself sees to `Idempotency-Key`
  Route(
      String method,
      String template,
      Access access,
      @Nullable Budget budget,
      OpeningHandler handler,
      boolean keepsKeys) {
    this.method = method;
    this.template = template;
    this.access = access;
    this.budget = budget;
    this.handler = handler;
    this.keepsKeys = keepsKeys;
    this.pattern = List.of(trimmed(template).split("/", -1));
    this.names = pattern.stream().map(Route::parameter).toList();
    this.fixedSegments = names.stream().filter(String::isEmpty).count();
  }

  String method() {
    return method;
  }

  String template() {
    return template;
  }

  Access access() {
    return access;
  }

  @Nullable Budget budget() {
    return budget;
  }

  OpeningHandler handler() {
    return handler;
  }

  boolean keepsKeys() {
    return keepsKeys;
  }

  /// The path parameters if the path fits the template, else null. A parameter is never empty.
  ///
  /// @param path what [#segments] made of the path
  @Nullable Map<String, String> match(List<String> path) {
    if (pattern.size() != path.size()) {
      return null;
    }
    for (int i = 0; i < pattern.size(); i++) {
      boolean fits =
          names.get(i).isEmpty() ? pattern.get(i).equals(path.get(i)) : !path.get(i).isEmpty();
      if (!fits) {
        return null;
      }
    }
    if (fixedSegments == pattern.size()) {
      return Map.of();
    }
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < pattern.size(); i++) {
      if (!names.get(i).isEmpty()) {
        parameters.put(names.get(i), path.get(i));
      }
    }
    return parameters;
  }

  /// How many parts of the template are fixed: the route with more of them goes first.
  long fixedSegments() {
    return fixedSegments;
  }

  /// The parts of a raw path, each decoded by itself, so that an encoded slash parts nothing; null
  /// for a path that is not UTF-8 in percent encoding.
  static @Nullable List<String> segments(String path) {
    var segments = new ArrayList<String>();
    for (String segment : trimmed(path).split("/", -1)) {
      String decoded = decode(segment);
      if (decoded == null) {
        return null;
      }
      segments.add(decoded);
    }
    return segments;
  }

  private static String parameter(String segment) {
    return segment.startsWith("{") ? segment.substring(1, segment.length() - 1) : "";
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static @Nullable String decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    byte[] raw = segment.getBytes(StandardCharsets.UTF_8);
    ByteBuffer decoded = ByteBuffer.allocate(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] != '%') {
        decoded.put(raw[i]);
        continue;
      }
      int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
      int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      decoded.put((byte) ((high << 4) | low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
