package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads request bodies: limited, strict UTF-8, strict JSON.
final class Bodies {
  /// Largest body, in bytes.
  static final int BYTES_MAX = 256 * 1024;

  private Bodies() {}

  /// The bytes of a body. Throws a 413 problem past [#BYTES_MAX], having read no more than that.
  static byte[] read(long declaredLength, InputStream in) throws IOException {
    if (declaredLength > BYTES_MAX) {
      throw tooLarge();
    }
    byte[] body = in.readNBytes(BYTES_MAX + 1);
    if (body.length > BYTES_MAX) {
      throw tooLarge();
    }
    return body;
  }

  /// Reads a JSON object with `read`. Throws a 400 problem that names every wrong field.
  static <T> T parse(byte[] body, Function<Input, T> read) {
    JsonNode node = tree(body);
    if (!node.isObject()) {
      throw malformed("body", "must be a JSON object");
    }
    List<FieldError> errors = new ArrayList<>();
    try {
      T value = read.apply(new Input(node, "", errors));
      if (errors.isEmpty()) {
        return value;
      }
    } catch (IllegalArgumentException e) {
      // A domain value refused the stand-in of a field that was wrong already.
      if (errors.isEmpty()) {
        throw e;
      }
    }
    throw ProblemException.invalid(ProblemType.INVALID_INPUT, errors);
  }

  private static JsonNode tree(byte[] body) {
    int broken = firstMalformedByte(body);
    if (broken >= 0) {
      throw malformed(pointerAt(body, broken), "is not valid UTF-8 (byte " + broken + ")");
    }
    try (JsonParser parser = Json.mapper().getFactory().createParser(body)) {
      try {
        JsonNode node = Json.mapper().readTree(parser);
        if (node == null) {
          throw malformed("body", "is empty");
        }
        return node;
      } catch (JsonProcessingException e) {
        String pointer = pointer(parser);
        throw malformed(pointer, e.getOriginalMessage());
      }
    } catch (IOException e) {
      throw malformed("body", "cannot be read");
    }
  }

  /// Where in the document a byte stands: parses what comes before it.
  private static String pointerAt(byte[] body, int offset) {
    try (JsonParser parser = Json.mapper().getFactory().createParser(body, 0, offset)) {
      try {
        while (parser.nextToken() != null) {
          // Every token moves the parser's own path along.
        }
      } catch (IOException e) {
        // The cut is where we wanted to get.
      }
      return pointer(parser);
    } catch (IOException e) {
      return "body";
    }
  }

  private static String pointer(JsonParser parser) {
    JsonPointer pointer = parser.getParsingContext().pathAsPointer();
    String text = pointer.toString();
    return text.isEmpty() ? "body" : text.substring(1);
  }

  private static int firstMalformedByte(byte[] body) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(body);
    CoderResult result = decoder.decode(in, CharBuffer.allocate(body.length), true);
    return result.isError() ? in.position() : -1;
  }

  private static ProblemException malformed(String field, String message) {
    return ProblemException.invalid(
        ProblemType.MALFORMED_BODY, List.of(new FieldError(field, message)));
  }

  private static ProblemException tooLarge() {
    return ProblemException.of(
        ProblemType.PAYLOAD_TOO_LARGE, "body must be at most " + BYTES_MAX + " bytes");
  }
}
