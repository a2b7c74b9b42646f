package dev.fireside.emulator.storage.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.storage.disk.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/// Bodies of requests.
public final class Bodies {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int JSON_MAX = 1 << 20;

  private Bodies() {}

  /// The body, unpacked where it was packed for the way. Google's clients do that with what they
  /// say of objects.
  public static InputStream plain(Call call) throws IOException {
    return call.header("Content-Encoding").filter("gzip"::equals).isPresent()
        ? new GZIPInputStream(call.body())
        : call.body();
  }

  /// A body that is a JSON object; nothing stands for an empty one. Throws a 400 [Refusal] for
  /// anything else.
  public static ObjectNode json(Call call) throws IOException {
    return json(plain(call));
  }

  /// The same of a part.
  public static ObjectNode json(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(JSON_MAX + 1);
    if (bytes.length > JSON_MAX) {
      throw Refusal.invalid("What is said of the object is too long");
    }
    if (bytes.length == 0) {
      return MAPPER.createObjectNode();
    }
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new Refusal(400, "parseError", "Parse Error");
    }
    throw new Refusal(400, "parseError", "Parse Error");
  }
}
