package dev.fireside.emulator.storage.firebase;

import dev.fireside.emulator.storage.disk.Attributes;
import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.rules.Documents;
import dev.fireside.emulator.storage.rules.Method;
import dev.fireside.emulator.storage.rules.StorageRules;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Asks the rules.
final class Judge {
  private final @Nullable RulesFile file;
  private final Documents documents;
  private final Clock clock;

  Judge(@Nullable RulesFile file, Documents documents, Clock clock) {
    this.file = file;
    this.documents = documents;
    this.clock = clock;
  }

  /// Whether the caller may.
  ///
  /// @param written the object as it would be; null where nothing is written
  /// @param before the object as it is; null where there is none
  boolean allows(
      Caller caller,
      Method method,
      Bucket bucket,
      String name,
      @Nullable StoredObject written,
      @Nullable StoredObject before) {
    return caller.owner()
        || file == null
        || file.rules()
            .allow(
                new StorageRules.Request(
                    method,
                    bucket.name(),
                    name,
                    caller.auth(),
                    shown(written),
                    shown(before),
                    clock.instant()),
                documents);
  }

  /// Throws a 403 [Refusal] unless the caller may.
  void require(
      Caller caller,
      Method method,
      Bucket bucket,
      String name,
      @Nullable StoredObject written,
      @Nullable StoredObject before) {
    if (!allows(caller, method, bucket, name, written, before)) {
      throw new Refusal(403, "forbidden", "Permission denied.");
    }
  }

  /// What must hold for a caller's upload. It is a `create` also where it takes the place of an
  /// object, which the rules see as `resource`.
  Bucket.Guard upload(Caller caller, Bucket bucket) {
    return (written, before) ->
        require(caller, Method.CREATE, bucket, written.name(), written, before);
  }

  /// What must hold for a caller's change of an object's metadata.
  Bucket.Guard edit(Caller caller, Bucket bucket) {
    return (written, before) ->
        require(caller, Method.UPDATE, bucket, written.name(), written, before);
  }

  private static @Nullable Map<String, Object> shown(@Nullable StoredObject object) {
    if (object == null) {
      return null;
    }
    var shown = new HashMap<String, Object>();
    shown.put("name", object.name());
    shown.put("bucket", object.bucket());
    shown.put("generation", object.generation());
    shown.put("metageneration", object.metageneration());
    shown.put("size", object.size());
    shown.put("timeCreated", object.timeCreated());
    shown.put("updated", object.updated());
    shown.put("crc32c", object.crc32c());
    shown.put("storageClass", "STANDARD");
    put(shown, "md5Hash", object.md5());
    Attributes attributes = object.attributes();
    put(shown, "contentType", attributes.contentType());
    put(shown, "contentEncoding", attributes.contentEncoding());
    put(shown, "contentDisposition", attributes.contentDisposition());
    put(shown, "contentLanguage", attributes.contentLanguage());
    put(shown, "cacheControl", attributes.cacheControl());
    shown.put("metadata", Tokens.without(attributes.metadata()));
    return shown;
  }

  private static void put(Map<String, Object> shown, String name, @Nullable Object value) {
    if (value != null) {
      shown.put(name, value);
    }
  }
}
