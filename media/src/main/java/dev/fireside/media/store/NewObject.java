package dev.fireside.media.store;

import java.util.Map;

/// What an object shall be, beside its bytes.
///
/// @param name in its bucket: never one that a client chose
/// @param cacheControl the header it is served with; empty for none
/// @param metadata kept with it
public record NewObject(
    String name, String contentType, String cacheControl, Map<String, String> metadata) {
  public NewObject {
    metadata = Map.copyOf(metadata);
  }

  public NewObject(String name, String contentType, String cacheControl) {
    this(name, contentType, cacheControl, Map.of());
  }
}
