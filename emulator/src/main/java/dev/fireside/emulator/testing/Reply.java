package dev.fireside.emulator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

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

  /// One field of each item of a list, as text.
  public List<String> texts(String field) {
    return texts("items", field);
  }

  /// The fields that an invalid input's problem names.
  public List<String> errorFields() {
    return texts("errors", "field");
  }

  private List<String> texts(String list, String field) {
    return StreamSupport.stream(body.path(list).spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }

  /// Where the next page of a list begins; empty on the last one.
  public String nextCursor() {
    return body.path("nextCursor").asText();
  }
}
