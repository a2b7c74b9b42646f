package dev.fireside.emulator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.Optional;

/// What a function answered.
///
/// @param status the HTTP status
/// @param headers its headers
/// @param body JSON; a text node for other types, a missing node for none
public record Reply(int status, HttpHeaders headers, JsonNode body) {

  /// The first header of this name.
  public Optional<String> header(String name) {
    return headers.firstValue(name);
  }

  /// The problem's kind, the last part of its `type`; empty for an answer that is no problem.
  public String problem() {
    String type = body.path("type").asText();
    return status >= 400 ? type.substring(type.lastIndexOf(':') + 1) : "";
  }
}
