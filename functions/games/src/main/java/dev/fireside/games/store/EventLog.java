package dev.fireside.games.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.play.domain.GameEvent;
import dev.fireside.shared.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A batch of events as it is stored: a JSON list, compressed with gzip.
final class EventLog {
  private EventLog() {}

  static byte[] packed(List<GameEvent> events) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes);
        JsonGenerator out = Json.mapper().createGenerator(gzip)) {
      out.writeStartArray();
      for (GameEvent event : events) {
        out.writeStartObject();
        out.writeNumberField("seq", event.seq());
        out.writeNumberField("at", event.at());
        out.writeStringField("type", event.type());
        Long points = event.points();
        if (points != null) {
          out.writeNumberField("points", points);
        }
        String data = event.data();
        if (data != null) {
          out.writeFieldName("data");
          out.writeRawValue(data);
        }
        out.writeEndObject();
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<GameEvent> unpacked(byte[] packed) {
    try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var events = new ArrayList<GameEvent>();
      for (JsonNode event : Json.mapper().readTree(gzip)) {
        events.add(
            new GameEvent(
                event.path("seq").asLong(),
                event.path("at").asLong(),
                event.path("type").asText(),
                event.has("points") ? event.path("points").asLong() : null,
                text(event.get("data"))));
      }
      return events;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable String text(@Nullable JsonNode data) {
    return data == null ? null : data.toString();
  }
}
