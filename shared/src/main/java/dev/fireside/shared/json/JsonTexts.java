package dev.fireside.shared.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/// JSON of values that stand in answer after answer: each is written once, and then copied. Values
/// are told apart by identity, so they must not change; of those that nobody holds any more the
/// JSON goes too.
public final class JsonTexts<T> {
  private static final int TEXTS_MAX = 10_000;

  private final Cache<T, JsonText> texts =
      Caffeine.newBuilder().weakKeys().maximumSize(TEXTS_MAX).build();

  /// The JSON of a value, to be put into an answer in place of the value.
  public JsonText of(T value) {
    return texts.get(value, JsonTexts::written);
  }

  private static JsonText written(Object value) {
    try {
      return new JsonText(Json.mapper().writeValueAsString(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not to be written as JSON", e);
    }
  }
}
