package dev.fireside.media.store;

import com.google.cloud.storage.Blob;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An object of Cloud Storage, without its bytes.
///
/// @param generation which version of its name it is
/// @param bytes its size
/// @param contentType as whoever wrote it said; empty where nothing was said
/// @param crc32c of its bytes, in base64
/// @param md5 of its bytes, in base64; null for an object composed of others
/// @param metadata what was kept with it
public record StoredObject(
    String name,
    long generation,
    long bytes,
    String contentType,
    String crc32c,
    @Nullable String md5,
    Map<String, String> metadata) {
  public StoredObject {
    metadata = Map.copyOf(metadata);
  }

  static StoredObject of(Blob blob) {
    String contentType = blob.getContentType();
    return new StoredObject(
        blob.getName(),
        blob.getGeneration(),
        blob.getSize(),
        contentType == null ? "" : contentType,
        blob.getCrc32c(),
        blob.getMd5(),
        metadata(blob));
  }

  private static Map<String, String> metadata(Blob blob) {
    var metadata = new HashMap<String, String>();
    if (blob.getMetadata() != null) {
      blob.getMetadata().forEach((name, value) -> metadata.put(name, value == null ? "" : value));
    }
    return metadata;
  }
}
