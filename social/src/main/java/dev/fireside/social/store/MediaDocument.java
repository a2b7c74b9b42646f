package dev.fireside.social.store;

import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.Media;
import java.util.List;
import java.util.Map;

/// Pictures and videos as documents hold them: the list `media`.
public final class MediaDocument {
  private MediaDocument() {}

  /// The pictures and videos of a document, or of a map inside one.
  public static List<Media> parse(Fields fields) {
    return fields.maps("media").stream()
        .map(item ->
            new Media(
                item.requiredText("type"),
                item.requiredText("url"),
                (int) item.number("width"),
                (int) item.number("height")))
        .toList();
  }

  /// The value of `media`.
  public static List<Map<String, Object>> fields(List<Media> media) {
    return media.stream()
        .map(item ->
            Map.<String, Object>of(
                "type", item.type(),
                "url", item.url(),
                "width", item.width(),
                "height", item.height()))
        .toList();
  }
}
