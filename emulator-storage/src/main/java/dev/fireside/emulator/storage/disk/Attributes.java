package dev.fireside.emulator.storage.disk;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What clients say of an object and can change later.
///
/// @param metadata names and values of their own
public record Attributes(
    @Nullable String contentType,
    @Nullable String contentEncoding,
    @Nullable String contentDisposition,
    @Nullable String contentLanguage,
    @Nullable String cacheControl,
    @Nullable Instant customTime,
    Map<String, String> metadata) {
  /// Nothing is said.
  public static final Attributes NONE =
      new Attributes(null, null, null, null, null, null, Map.of());

  public Attributes {
    metadata = Map.copyOf(metadata);
  }

  /// The same with another type.
  public Attributes withContentType(@Nullable String type) {
    return new Attributes(
        type,
        contentEncoding,
        contentDisposition,
        contentLanguage,
        cacheControl,
        customTime,
        metadata);
  }

  /// The same with other metadata.
  public Attributes withMetadata(Map<String, String> all) {
    return new Attributes(
        contentType,
        contentEncoding,
        contentDisposition,
        contentLanguage,
        cacheControl,
        customTime,
        all);
  }
}
