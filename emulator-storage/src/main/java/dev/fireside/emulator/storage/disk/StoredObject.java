package dev.fireside.emulator.storage.disk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One version of an object, as its description on disk holds it.
///
/// @param generation names the version; later ones have higher numbers
/// @param metageneration counts the changes of the attributes, from 1
/// @param size bytes
/// @param crc32c Base64
/// @param md5 Base64; null for an object that was composed of others
/// @param timeDeleted when it ceased to be the live version of its name; null while it is
/// @param componentCount how many objects it was composed of; null where it was not
public record StoredObject(
    String bucket,
    String name,
    long generation,
    long metageneration,
    long size,
    String crc32c,
    @Nullable String md5,
    @Nullable Integer componentCount,
    Instant timeCreated,
    Instant updated,
    @Nullable Instant timeDeleted,
    Attributes attributes) {

  StoredObject with(Attributes changed, Instant now) {
    return new StoredObject(
        bucket,
        name,
        generation,
        metageneration + 1,
        size,
        crc32c,
        md5,
        componentCount,
        timeCreated,
        now,
        timeDeleted,
        changed);
  }

  /// The same once another version has taken its place, or none.
  StoredObject archived(Instant now) {
    return new StoredObject(
        bucket,
        name,
        generation,
        metageneration,
        size,
        crc32c,
        md5,
        componentCount,
        timeCreated,
        updated,
        now,
        attributes);
  }
}
