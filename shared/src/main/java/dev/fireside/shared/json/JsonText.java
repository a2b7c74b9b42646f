package dev.fireside.shared.json;

import com.fasterxml.jackson.core.io.SerializedString;

/// A value that is JSON already: it is copied into what is written.
public final class JsonText {
  private final SerializedString json;

  /// @param json one JSON value
  public JsonText(String json) {
    this.json = new SerializedString(json);
  }

  SerializedString serialized() {
    return json;
  }

  @Override
  public String toString() {
    return json.getValue();
  }
}
