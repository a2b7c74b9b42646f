package dev.fireside.emulator.storage.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// An answer.
///
/// @param length how many bytes the body has; -1 where that is not known
public record Reply(int status, Map<String, String> headers, long length, Body body) {
  /// Writes the body.
  public interface Body {
    void writeTo(OutputStream out) throws IOException;
  }

  public Reply {
    headers = new LinkedHashMap<>(headers);
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), 0, _ -> {});
  }

  public static Reply text(int status, String contentType, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Reply(
        status, Map.of("Content-Type", contentType), bytes.length, out -> out.write(bytes));
  }

  public static Reply json(int status, JsonNode json) {
    return text(status, "application/json; charset=UTF-8", json.toString());
  }

  /// The same with one more header.
  public Reply with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, length, body);
  }
}
