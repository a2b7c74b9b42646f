package dev.fireside.emulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// One request to Identity Toolkit.
///
/// @param admin whether it comes from a server (`Authorization: Bearer owner`), not from a client
/// @param body the fields of the JSON body, the form or the query
record Call(Project project, boolean admin, JsonNode body, Instant now) {

  /// A field that is present and not null, as text.
  @Nullable String text(String name) {
    JsonNode value = body.get(name);
    return value == null || value.isNull() ? null : value.asText();
  }

  /// A field that must be there, or the call is refused with `refusal`.
  String text(String name, String refusal) {
    String value = text(name);
    if (value == null || value.isEmpty()) {
      throw new IdentityException(refusal);
    }
    return value;
  }

  boolean flag(String name) {
    return body.path(name).asBoolean();
  }

  /// The texts of an array; a single value stands for an array of one.
  List<String> texts(String name) {
    JsonNode value = body.path(name);
    if (value.isTextual()) {
      return List.of(value.asText());
    }
    return StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList();
  }

  /// The user whose ID token the call carries.
  Account caller() {
    return IdTokens.verify(project, text("idToken", "MISSING_ID_TOKEN"), now);
  }
}
