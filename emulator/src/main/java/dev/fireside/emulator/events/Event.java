package dev.fireside.emulator.events;

import com.google.protobuf.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;

/// A CloudEvent as production sends it: attributes in headers, the data in the body.
///
/// @param headers all headers, `Content-Type` among them
/// @param body the data
public record Event(Map<String, String> headers, ByteString body) {
  public Event {
    headers = Map.copyOf(headers);
  }

  /// Collects the headers of an event.
  static Map<String, String> attributes(String id, String type, String source, String time) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("ce-specversion", "1.0");
    headers.put("ce-id", id);
    headers.put("ce-type", type);
    headers.put("ce-source", source);
    headers.put("ce-time", time);
    return headers;
  }

  /// The event's id: the same for every delivery of it.
  public String id() {
    return headers.getOrDefault("ce-id", "");
  }

  /// What it is about, for people.
  public String about() {
    return headers.getOrDefault("ce-subject", headers.getOrDefault("ce-source", ""));
  }
}
