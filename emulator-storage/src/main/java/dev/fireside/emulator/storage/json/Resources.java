package dev.fireside.emulator.storage.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.storage.disk.Attributes;
import dev.fireside.emulator.storage.disk.Expected;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Objects as the JSON API shows them and takes them
/// (<https://cloud.google.com/storage/docs/json_api/v1/objects>).
public final class Resources {
  private Resources() {}

  /// An object as it is shown.
  ///
  /// @param base where this server is
  public static ObjectNode object(StoredObject object, String base) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    String path = "/b/" + object.bucket() + "/o/" + encoded(object.name());
    String generation = Long.toString(object.generation());
    json.put("kind", "storage#object");
    json.put("id", object.bucket() + "/" + object.name() + "/" + generation);
    json.put("selfLink", base + "/storage/v1" + path);
    json.put(
        "mediaLink",
        base + "/download/storage/v1" + path + "?generation=" + generation + "&alt=media");
    json.put("name", object.name());
    json.put("bucket", object.bucket());
    json.put("generation", generation);
    json.put("metageneration", Long.toString(object.metageneration()));
    json.put("storageClass", "STANDARD");
    json.put("size", Long.toString(object.size()));
    json.put("crc32c", object.crc32c());
    put(json, "md5Hash", object.md5());
    json.put("etag", etag(object));
    json.put("timeCreated", object.timeCreated().toString());
    json.put("updated", object.updated().toString());
    json.put("timeStorageClassUpdated", object.timeCreated().toString());
    json.put("timeFinalized", object.timeCreated().toString());
    if (object.timeDeleted() != null) {
      json.put("timeDeleted", object.timeDeleted().toString());
    }
    if (object.componentCount() != null) {
      json.put("componentCount", object.componentCount());
    }
    putAttributes(json, object.attributes());
    return json;
  }

  private static void putAttributes(ObjectNode json, Attributes attributes) {
    put(json, "contentType", attributes.contentType());
    put(json, "contentEncoding", attributes.contentEncoding());
    put(json, "contentDisposition", attributes.contentDisposition());
    put(json, "contentLanguage", attributes.contentLanguage());
    put(json, "cacheControl", attributes.cacheControl());
    Instant custom = attributes.customTime();
    put(json, "customTime", custom == null ? null : custom.toString());
    if (!attributes.metadata().isEmpty()) {
      ObjectNode metadata = json.putObject("metadata");
      attributes.metadata().forEach(metadata::put);
    }
  }

  private static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }

  private static String etag(StoredObject object) {
    byte[] bytes =
        ByteBuffer.allocate(2 * Long.BYTES)
            .putLong(object.generation())
            .putLong(object.metageneration())
            .array();
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// A name as one part of a path.
  public static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// What is said of an object: what is absent stays as in `base`, null takes away. Throws a 400
  /// [Refusal] for what is of another type.
  public static Attributes attributes(ObjectNode json, Attributes base) {
    return new Attributes(
        text(json, "contentType", base.contentType()),
        text(json, "contentEncoding", base.contentEncoding()),
        text(json, "contentDisposition", base.contentDisposition()),
        text(json, "contentLanguage", base.contentLanguage()),
        text(json, "cacheControl", base.cacheControl()),
        instant(json, base.customTime()),
        metadata(json, base.metadata()));
  }

  /// The checksums that are said of its bytes.
  public static Expected expected(ObjectNode json) {
    return new Expected(text(json, "crc32c", null), text(json, "md5Hash", null));
  }

  private static @Nullable String text(ObjectNode json, String name, @Nullable String base) {
    JsonNode value = json.get(name);
    if (value == null) {
      return base;
    }
    if (value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw Refusal.invalid("Invalid value for: " + name);
    }
    return value.asText();
  }

  private static @Nullable Instant instant(ObjectNode json, @Nullable Instant base) {
    String text = text(json, "customTime", base == null ? null : base.toString());
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid("Invalid value for: customTime");
    }
  }

  private static Map<String, String> metadata(ObjectNode json, Map<String, String> base) {
    JsonNode given = json.get("metadata");
    if (given == null) {
      return base;
    }
    if (given.isNull()) {
      return Map.of();
    }
    var metadata = new HashMap<>(base);
    given
        .properties()
        .forEach(entry -> {
          if (entry.getValue().isNull()) {
            metadata.remove(entry.getKey());
          } else {
            metadata.put(entry.getKey(), entry.getValue().asText());
          }
        });
    return metadata;
  }
}
