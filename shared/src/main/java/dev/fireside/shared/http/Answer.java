package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.json.Json;
import org.jspecify.annotations.Nullable;

/// A response and its body as it is sent: made before the first byte goes out, so that a body that
/// cannot be JSON can still be answered with a problem. Only a [StreamedBody] is made while it is
/// sent.
final class Answer {
  private final Response response;
  private final byte @Nullable [] body;

  private Answer(Response response, byte @Nullable [] body) {
    this.response = response;
    this.body = body;
  }

  static Answer of(Response response) throws JsonProcessingException {
    Object body = response.body();
    return new Answer(
        response,
        body == null || body instanceof StreamedBody
            ? null
            : Json.mapper().writeValueAsBytes(body));
  }

  Response response() {
    return response;
  }

  /// The bytes of the body; null for none, and for one that is streamed.
  byte @Nullable [] body() {
    return body;
  }

  /// The body that is made while it is sent; null for another, and for none.
  @Nullable StreamedBody stream() {
    return response.body() instanceof StreamedBody stream ? stream : null;
  }
}
