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
  private final Handler handler;
  private final boolean keepsKeys;
  private final List<String> pattern;

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
      Handler handler,
      boolean keepsKeys) {
    this.method = method;
    this.template = template;
    this.access = access;
    this.budget = budget;
    this.handler = handler;
    this.keepsKeys = keepsKeys;
    this.pattern = List.of(trimmed(template).split("/", -1));
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

  Handler handler() {
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
    var parameters = new LinkedHashMap<String, String>();
    for (int i = 0; i < pattern.size(); i++) {
      String expected = pattern.get(i);
      String segment = path.get(i);
      if (!expected.startsWith("{")) {
        if (!expected.equals(segment)) {
          return null;
        }
      } else if (segment.isEmpty()) {
        return null;
      } else {
        parameters.put(expected.substring(1, expected.length() - 1), segment);
      }
    }
    return parameters;
  }

  /// How many parts of the template are fixed: the route with more of them goes first.
  long fixedSegments() {
    return pattern.stream().filter(segment -> !segment.startsWith("{")).count();
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
