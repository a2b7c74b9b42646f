package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.json.Json;
import org.jspecify.annotations.Nullable;

/// A response and its body as it is sent: made before the first byte goes out, so that a body that
/// cannot be JSON can still be answered with a problem.
final class Answer {
  private final Response response;
  private final byte @Nullable [] body;

  private Answer(Response response, byte @Nullable [] body) {
    this.response = response;
    this.body = body;
  }

  static Answer of(Response response) throws JsonProcessingException {
    Object body = response.body();
    return new Answer(response, body == null ? null : Json.mapper().writeValueAsBytes(body));
  }

  Response response() {
    return response;
  }

  byte @Nullable [] body() {
    return body;
  }
}
