package dev.fireside.emulator.storage.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.storage.disk.Attributes;
import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Buckets;
import dev.fireside.emulator.storage.disk.Compositions;
import dev.fireside.emulator.storage.disk.Conditions;
import dev.fireside.emulator.storage.disk.Expected;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.disk.Upload;
import dev.fireside.emulator.storage.http.Bodies;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.http.Media;
import dev.fireside.emulator.storage.http.Multipart;
import dev.fireside.emulator.storage.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The JSON API (<https://cloud.google.com/storage/docs/json_api/v1>): buckets, objects, uploads.
/// Whoever calls it is trusted, as servers are.
public final class JsonApi {
  public static final String STORAGE = "/storage/v1/";
  public static final String UPLOAD = "/upload/storage/v1/";
  public static final String DOWNLOAD = "/download/storage/v1/";

  private final Buckets buckets;
  private final Resumable resumable;

  public JsonApi(Buckets buckets) {
    this.buckets = buckets;
    this.resumable = new Resumable(buckets);
  }

  /// Whether the path is one of this interface.
  public static boolean has(String path) {
    return path.startsWith(STORAGE) || path.startsWith(UPLOAD) || path.startsWith(DOWNLOAD);
  }

  /// Throws a [Refusal] where there is no answer.
  public Reply answer(Call call) throws IOException {
    if (call.path().startsWith(UPLOAD)) {
      return upload(call, call.parts(UPLOAD));
    }
    List<String> parts =
        call.path().startsWith(DOWNLOAD) ? call.parts(DOWNLOAD) : call.parts(STORAGE);
    if (!parts.getFirst().equals("b")) {
      throw Refusal.noSuchPath();
    }
    return switch (parts.size()) {
      case 1 -> buckets(call);
      case 2 -> bucket(call, parts.get(1));
      case 3 -> objects(call, buckets.get(parts.get(1)), parts.get(2));
      default -> object(call, parts);
    };
  }

  private Reply buckets(Call call) throws IOException {
    return switch (call.method()) {
      case "GET" -> {
        ObjectNode page = page("storage#buckets");
        ArrayNode items = page.putArray("items");
        buckets.all().forEach(bucket -> items.add(bucket(bucket, call)));
        yield Reply.json(200, page);
      }
      case "POST" -> {
        ObjectNode said = Bodies.json(call);
        String name = said.path("name").asText();
        if (buckets.find(name).isPresent()) {
          throw new Refusal(
              409, "conflict", "Your previous request to create the bucket succeeded");
        }
        yield Reply.json(200, bucket(changed(buckets.create(name), said), call));
      }
      default -> throw Refusal.notAllowed(call.method());
    };
  }

  private Reply bucket(Call call, String name) throws IOException {
    Bucket bucket = buckets.get(name);
    return switch (call.method()) {
      case "GET" -> Reply.json(200, bucket(bucket, call));
      case "PATCH", "PUT" -> Reply.json(200, bucket(changed(bucket, Bodies.json(call)), call));
      case "DELETE" -> {
        buckets.delete(name);
        yield Reply.empty(204);
      }
      default -> throw Refusal.notAllowed(call.method());
    };
  }

  /// Of all that can be said of a bucket only this has an effect here.
  private static Bucket changed(Bucket bucket, ObjectNode said) throws IOException {
    JsonNode versioned = said.path("versioning").path("enabled");
    if (versioned.isBoolean()) {
      bucket.setVersioned(versioned.booleanValue());
    }
    return bucket;
  }

  private static ObjectNode bucket(Bucket bucket, Call call) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    shown.putObject("versioning").put("enabled", bucket.isVersioned());
    return shown
        .put("kind", "storage#bucket")
        .put("id", bucket.name())
        .put("name", bucket.name())
        .put("selfLink", call.base() + "/storage/v1/b/" + bucket.name())
        .put("location", "US")
        .put("storageClass", "STANDARD")
        .put("metageneration", "1");
  }

  private static ObjectNode page(String kind) {
    return JsonNodeFactory.instance.objectNode().put("kind", kind);
  }

  private Reply objects(Call call, Bucket bucket, String collection) {
    if (!collection.equals("o")) {
      throw Refusal.noSuchPath();
    }
    if (!call.method().equals("GET")) {
      throw Refusal.notAllowed(call.method());
    }
    Listing listing =
        Listing.of(
            bucket,
            new Listing.Query(
                call.query("prefix").orElse(""),
                call.query("delimiter").orElse(""),
                call.query("startOffset").orElse(""),
                call.query("endOffset").orElse(""),
                call.query("pageToken").orElse(""),
                Listing.limit(call.number("maxResults")),
                call.query("versions").filter("true"::equals).isPresent()));
    ObjectNode page = page("storage#objects");
    if (listing.nextToken() != null) {
      page.put("nextPageToken", listing.nextToken());
    }
    if (!listing.prefixes().isEmpty()) {
      ArrayNode prefixes = page.putArray("prefixes");
      listing.prefixes().forEach(prefixes::add);
    }
    ArrayNode items = page.putArray("items");
    listing.objects().forEach(object -> items.add(Resources.object(object, call.base())));
    return Reply.json(200, page);
  }

  private Reply object(Call call, List<String> parts) throws IOException {
    Bucket bucket = buckets.get(parts.get(1));
    if (!parts.get(2).equals("o")) {
      throw Refusal.noSuchPath();
    }
    String name = parts.get(3);
    if (parts.size() == 4) {
      return object(call, bucket, name);
    }
    if (!call.method().equals("POST")) {
      throw Refusal.notAllowed(call.method());
    }
    return switch (parts.get(4)) {
      case "compose" -> compose(call, bucket, name);
      case "rewriteTo", "copyTo" -> {
        if (parts.size() != 9) {
          throw Refusal.noSuchPath();
        }
        yield copy(call, bucket, name, buckets.get(parts.get(6)), parts.get(8), parts.get(4));
      }
      default -> throw Refusal.noSuchPath();
    };
  }

  private Reply object(Call call, Bucket bucket, String name) throws IOException {
    Long generation = call.number("generation");
    return switch (call.method()) {
      case "GET", "HEAD" -> {
        StoredObject object = bucket.get(name, generation);
        call.conditions().checkRead(object);
        boolean media = call.query("alt").filter("media"::equals).isPresent();
        yield media
            ? Media.of(call, bucket, object)
            : Reply.json(200, Resources.object(object, call.base()));
      }
      case "PATCH", "PUT" -> {
        ObjectNode body = Bodies.json(call);
        boolean anew = call.method().equals("PUT");
        StoredObject object =
            bucket.update(
                name,
                generation,
                call.conditions(),
                before -> Resources.attributes(body, anew ? Attributes.NONE : before),
                Bucket.Guard.NONE);
        yield Reply.json(200, Resources.object(object, call.base()));
      }
      case "DELETE" -> {
        bucket.delete(name, generation, call.conditions());
        yield Reply.empty(204);
      }
      default -> throw Refusal.notAllowed(call.method());
    };
  }

  private Reply compose(Call call, Bucket bucket, String name) throws IOException {
    ObjectNode body = Bodies.json(call);
    var components = new ArrayList<Compositions.Component>();
    for (JsonNode source : body.path("sourceObjects")) {
      JsonNode match = source.path("objectPreconditions").path("ifGenerationMatch");
      components.add(
          new Compositions.Component(
              source.path("name").asText(),
              number("generation", source.path("generation")),
              new Conditions(number("ifGenerationMatch", match), null, null, null)));
    }
    Attributes attributes = attributes(body.path("destination"));
    StoredObject object =
        Compositions.compose(bucket, name, attributes, components, call.conditions());
    return Reply.json(200, Resources.object(object, call.base()));
  }

  private static @Nullable Long number(String name, JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? null
        : (Long) Call.number(name, value.asText());
  }

  private static Attributes attributes(JsonNode said) {
    return said instanceof ObjectNode object
        ? Resources.attributes(object, Attributes.NONE)
        : Attributes.NONE;
  }

  private static Reply copy(
      Call call, Bucket from, String name, Bucket to, String newName, String verb)
      throws IOException {
    StoredObject source = from.get(name, call.number("sourceGeneration"));
    call.sourceConditions().checkRead(source);
    ObjectNode body = Bodies.json(call);
    // What is said of the copy takes the place of what is said of its source.
    Attributes attributes =
        body.isEmpty() ? source.attributes() : Resources.attributes(body, Attributes.NONE);
    StoredObject copy = Compositions.copy(from, source, to, newName, attributes, call.conditions());
    ObjectNode resource = Resources.object(copy, call.base());
    if (verb.equals("copyTo")) {
      return Reply.json(200, resource);
    }
    ObjectNode answer = page("storage#rewriteResponse");
    answer.put("totalBytesRewritten", Long.toString(copy.size()));
    answer.put("objectSize", Long.toString(copy.size()));
    answer.put("done", true);
    answer.set("resource", resource);
    return Reply.json(200, answer);
  }

  private Reply upload(Call call, List<String> parts) throws IOException {
    if (parts.size() != 3 || !parts.getFirst().equals("b") || !parts.get(2).equals("o")) {
      throw Refusal.noSuchPath();
    }
    String id = call.query("upload_id").orElse("");
    if (!id.isEmpty()) {
      return resumable.answer(
          call, id, object -> Reply.json(200, Resources.object(object, call.base())));
    }
    if (!call.method().equals("POST") && !call.method().equals("PUT")) {
      throw Refusal.notAllowed(call.method());
    }
    Bucket bucket = buckets.get(parts.get(1));
    return switch (call.query("uploadType").orElse("")) {
      case "media" -> media(call, bucket);
      case "multipart" -> multipart(call, bucket);
      case "resumable" -> begin(call, bucket);
      default -> throw Refusal.invalid("uploadType must be media, multipart or resumable");
    };
  }

  private static String name(Call call, ObjectNode said) {
    String name = call.query("name").orElse(said.path("name").asText());
    if (name.isEmpty()) {
      throw new Refusal(400, "required", "Required parameter: name");
    }
    return name;
  }

  private static Reply media(Call call, Bucket bucket) throws IOException {
    Attributes attributes =
        Attributes.NONE.withContentType(call.header("Content-Type").orElse(null));
    return stored(
        call,
        bucket.put(
            name(call, JsonNodeFactory.instance.objectNode()),
            attributes,
            call.body(),
            Resumable.expected(call),
            call.conditions(),
            Bucket.Guard.NONE));
  }

  private static Reply multipart(Call call, Bucket bucket) throws IOException {
    Multipart parts = Multipart.of(call, Bodies.plain(call));
    ObjectNode said = Bodies.json(parts.part().body());
    Multipart.Part part = parts.part();
    Attributes attributes = attributes(said, part.headers().get("content-type"));
    InputStream bytes = part.body();
    return stored(
        call,
        bucket.put(
            name(call, said),
            attributes,
            bytes,
            Resources.expected(said),
            call.conditions(),
            Bucket.Guard.NONE));
  }

  private static Attributes attributes(ObjectNode said, @Nullable String type) {
    Attributes attributes = Resources.attributes(said, Attributes.NONE);
    return attributes.contentType() == null ? attributes.withContentType(type) : attributes;
  }

  private static Reply stored(Call call, StoredObject object) {
    return Reply.json(200, Resources.object(object, call.base()));
  }

  private Reply begin(Call call, Bucket bucket) throws IOException {
    ObjectNode said = Bodies.json(call);
    Expected expected = Resources.expected(said).or(Resumable.expected(call));
    Long size = call.numberHeader("X-Upload-Content-Length");
    Upload upload =
        buckets.begin(
            bucket,
            name(call, said),
            attributes(said, call.header("X-Upload-Content-Type").orElse(null)),
            call.conditions(),
            expected,
            size,
            "");
    return Reply.empty(200)
        .with(
            "Location",
            call.base()
                + UPLOAD
                + "b/"
                + bucket.name()
                + "/o?uploadType=resumable&upload_id="
                + upload.id())
        .with("X-GUploader-UploadID", upload.id());
  }
}
