package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/// Reads request bodies: limited, strict UTF-8, strict JSON.
final class Bodies {
  /// Largest body, in bytes.
  static final int BYTES_MAX = 256 * 1024;

  /// How much of a body is still read once it was refused, in bytes.
  private static final int DISCARDED_MAX = 8 * 1024 * 1024;

  /// Largest body once it is unpacked, in bytes.
  static final int UNPACKED_MAX = 1024 * 1024;

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Bodies() {}

  /// The bytes of a body. Throws a 413 problem past [#BYTES_MAX], having read no more than that,
  /// and a 400 problem for one that ends early or is not framed as its headers say.
  static byte[] read(long declaredLength, InputStream in) {
    if (declaredLength > BYTES_MAX) {
      throw tooLarge();
    }
    byte[] body;
    try {
      body = in.readNBytes(BYTES_MAX + 1);
    } catch (IOException | RuntimeException e) {
      // Nothing but the sender's own bytes, or their end, can make reading fail.
      throw ProblemException.of(
          ProblemType.MALFORMED_BODY, "The body ends early, or is not sent as its headers say");
    }
    if (body.length > BYTES_MAX) {
      throw tooLarge();
    }
    return body;
  }

  /// Reads on in a body that nobody wants, up to [#DISCARDED_MAX]: a connection that is closed
  /// while its client still sends takes the answer along.
  static void discard(InputStream in) {
    try {
      in.skipNBytes(DISCARDED_MAX);
    } catch (IOException | RuntimeException e) {
      // It has ended, as nearly all do, or its sender has gone.
    }
  }

  /// The bytes of a body without its `Content-Encoding`: none, `identity` or `gzip`. Throws a 413
  /// problem past [#UNPACKED_MAX], having unpacked no more than that.
  static byte[] decoded(byte[] body, String encoding) {
    switch (encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> {
        return body;
      }
      case "gzip", "x-gzip" -> {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
          byte[] plain = in.readNBytes(UNPACKED_MAX + 1);
          if (plain.length > UNPACKED_MAX) {
            throw ProblemException.of(
                ProblemType.PAYLOAD_TOO_LARGE,
                "body must be at most " + UNPACKED_MAX + " bytes once it is unpacked");
          }
          return plain;
        } catch (IOException e) {
          throw malformed("body", "is not valid gzip");
        }
      }
      default ->
          throw ProblemException.of(
              ProblemType.UNSUPPORTED_MEDIA_TYPE, "Content-Encoding must be gzip or identity");
    }
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
    // Decoded here, since Jackson would also take UTF-16 and UTF-32, and broken UTF-8.
    ByteBuffer in = ByteBuffer.wrap(body);
    CharBuffer text = CharBuffer.allocate(body.length);
    boolean broken =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT)
            .decode(in, text, true)
            .isError();
    text.flip();
    if (broken) {
      throw malformed(pointerAt(text), "is not valid UTF-8 (byte " + in.position() + ")");
    }
    if (!text.isEmpty() && text.get(0) == BYTE_ORDER_MARK) {
      text.get();
    }
    try (JsonParser parser = parser(text)) {
      try {
        JsonNode node = Json.tree(parser);
        if (node == null) {
          throw malformed("body", "is empty");
        }
        return node;
      } catch (StreamConstraintsException e) {
        throw malformed(
            pointer(parser), "is nested deeper than " + Json.DEPTH_MAX + " levels, or too long");
      } catch (JsonProcessingException e) {
        throw malformed(pointer(parser), e.getOriginalMessage());
      }
    } catch (IOException e) {
      throw malformed("body", "cannot be read");
    }
  }

  private static JsonParser parser(CharBuffer text) throws IOException {
    return Json.mapper()
        .getFactory()
        .createParser(text.array(), text.arrayOffset() + text.position(), text.remaining());
  }

  /// Where in the document a text ends that was cut off.
  private static String pointerAt(CharBuffer text) {
    try (JsonParser parser = parser(text)) {
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
    String text = parser.getParsingContext().pathAsPointer().toString();
    return text.isEmpty() ? "body" : text.substring(1);
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
