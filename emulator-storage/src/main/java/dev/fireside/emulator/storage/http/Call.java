package dev.fireside.emulator.storage.http;

import dev.fireside.emulator.storage.disk.Conditions;
import dev.fireside.emulator.storage.disk.Refusal;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request.
///
/// @param path percent-encoded, as it was sent
/// @param rawQuery percent-encoded, as it was sent; empty where there is none
/// @param headers by their names in lower case
/// @param body can be read once
public record Call(
    String method, String path, String rawQuery, Map<String, String> headers, InputStream body) {

  /// The parts of the path after `prefix`, decoded: of `/b/a%2Fb` they are `b` and `a/b`. Throws a
  /// 400 [Refusal] for what is not percent-encoded.
  public List<String> parts(String prefix) {
    var parts = new ArrayList<String>();
    for (String part : path.substring(prefix.length()).split("/", -1)) {
      parts.add(decoded(part));
    }
    return parts;
  }

  /// The parameters of the query, in their order; of those of one name the last.
  public Map<String, String> query() {
    var query = new LinkedHashMap<String, String>();
    for (String pair : rawQuery.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (!pair.isEmpty()) {
        query.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)).replace('+', ' '),
            equals < 0 ? "" : decoded(pair.substring(equals + 1).replace("+", "%20")));
      }
    }
    return query;
  }

  /// A parameter of the query.
  public Optional<String> query(String name) {
    return Optional.ofNullable(query().get(name));
  }

  /// A parameter that is a whole number; null where it is absent. Throws a 400 [Refusal] for
  /// anything else.
  public @Nullable Long number(String name) {
    String text = query().get(name);
    return text == null ? null : (Long) number(name, text);
  }

  /// A text that is a whole number of 0 or more. Throws a 400 [Refusal] for anything else.
  public static long number(String name, String text) {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Refusal.invalid("Invalid value for " + name + ": " + text);
    }
    return Long.parseLong(text);
  }

  /// A header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /// A header that is a whole number; null where it is absent. Throws a 400 [Refusal] for anything
  /// else.
  public @Nullable Long numberHeader(String name) {
    return header(name).map(text -> number(name, text)).orElse(null);
  }

  /// What the query asks of the object.
  public Conditions conditions() {
    return conditions("if");
  }

  /// What it asks of the source of a copy.
  public Conditions sourceConditions() {
    return conditions("ifSource");
  }

  private Conditions conditions(String prefix) {
    return new Conditions(
        number(prefix + "GenerationMatch"),
        number(prefix + "GenerationNotMatch"),
        number(prefix + "MetagenerationMatch"),
        number(prefix + "MetagenerationNotMatch"));
  }

  /// Where this server was called, such as `http://127.0.0.1:9199`.
  public String base() {
    return "http://" + header("Host").orElse("localhost");
  }

  private static String decoded(String text) {
    try {
      // In paths a plus is a plus.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("Not percent-encoded: " + text);
    }
  }
}
