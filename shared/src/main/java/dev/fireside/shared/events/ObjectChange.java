package dev.fireside.shared.events;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A change of an object of Cloud Storage, as an event reports it.
///
/// @param event which event reports it
/// @param bucket the bucket it is in
/// @param name its name
/// @param generation which version of the name; a later one has a higher number. What is done for
///   the object is done once for a generation: its events come in no order, and more than once
/// @param metageneration how often its metadata was written, from 1, within the generation
/// @param size bytes
/// @param contentType as whoever wrote it says; null where nobody did
/// @param crc32c checksum of its bytes, in Base64
/// @param md5 the same by MD5; null for an object that was composed of others
/// @param metadata names and values of whoever wrote it
/// @param time when it changed
public record ObjectChange(
    EventId event,
    String bucket,
    String name,
    long generation,
    long metageneration,
    long size,
    @Nullable String contentType,
    String crc32c,
    @Nullable String md5,
    Map<String, String> metadata,
    Instant time) {
  public ObjectChange {
    metadata = Map.copyOf(metadata);
  }
}
