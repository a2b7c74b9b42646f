package dev.fireside.shared.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.json.JsonText;

/// JSON of values that stand in answer after answer: each is written once, and then copied. Values
/// are told apart by identity, so they must not change.
public final class JsonTexts<T> {
  private static final int TEXTS_MAX = 16_384;

  private final Memo<T, JsonText> texts = Memo.byIdentity(TEXTS_MAX);

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
