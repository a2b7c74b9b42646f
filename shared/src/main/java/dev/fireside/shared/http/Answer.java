package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.json.Json;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// A response and its body as it is sent: made before the first byte goes out, so that a body that
/// cannot be JSON can still be answered with a problem. Only a [StreamedBody] is made while it is
/// sent.
final class Answer {
  private static final int ETAG_BYTES = 12;

  private final Response response;
  private final byte @Nullable [] body;
  private @Nullable String etag;

  private Answer(Response response, byte @Nullable [] body) {
    this.response = response;
    this.body = body;
  }

  static Answer of(Response response) throws JsonProcessingException {
    return switch (response.body()) {
      case null -> new Answer(response, null);
      case StreamedBody _ -> new Answer(response, null);
      case Answer made -> made;
      case Object body -> new Answer(response, Json.mapper().writeValueAsBytes(body));
    };
  }

  Response response() {
    return response;
  }

  /// The bytes of the body; null for none, and for one that is streamed.
  byte @Nullable [] body() {
    return body;
  }

  /// A weak tag of the body: compression on the way changes the bytes, not the meaning.
  String etag() {
    if (etag == null) {
      byte[] tagged = body == null ? new byte[0] : body;
      etag = "W/\"" + HexFormat.of().formatHex(Digest.sha256(tagged), 0, ETAG_BYTES) + "\"";
    }
    return etag;
  }

  /// The body that is made while it is sent; null for another, and for none.
  @Nullable StreamedBody stream() {
    return response.body() instanceof StreamedBody stream ? stream : null;
  }
}
