package dev.fireside.emulator.storage.firebase;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.storage.disk.Attributes;
import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Buckets;
import dev.fireside.emulator.storage.disk.Conditions;
import dev.fireside.emulator.storage.disk.Expected;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.http.Bodies;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.http.Media;
import dev.fireside.emulator.storage.http.Multipart;
import dev.fireside.emulator.storage.http.Reply;
import dev.fireside.emulator.storage.json.Listing;
import dev.fireside.emulator.storage.json.Resources;
import dev.fireside.emulator.storage.rules.Documents;
import dev.fireside.emulator.storage.rules.Method;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What Firebase's client SDKs speak, below `/v0/b/{bucket}/o`. The rules decide.
public final class FirebaseApi {
  public static final String PATH = "/v0/b/";

  private final Buckets buckets;
  private final Judge judge;
  private final Clock clock;
  private final FirebaseUploads uploads;

  /// @param rules null allows everybody everything
  public FirebaseApi(Buckets buckets, @Nullable RulesFile rules, Documents documents, Clock clock) {
    this.buckets = buckets;
    this.clock = clock;
    this.judge = new Judge(rules, documents, clock);
    this.uploads = new FirebaseUploads(buckets, judge);
  }

  /// Throws a [Refusal] where there is no answer.
  public Reply answer(Call call) throws IOException {
    List<String> parts = call.parts(PATH);
    if (parts.size() < 2 || parts.size() > 3 || !parts.get(1).equals("o")) {
      throw Refusal.noSuchPath();
    }
    Bucket bucket = buckets.get(parts.getFirst());
    Caller caller = Caller.of(call, clock.instant());
    if (parts.size() == 3 && !parts.get(2).isEmpty()) {
      return object(call, caller, bucket, parts.get(2));
    }
    return switch (call.method()) {
      case "GET" -> list(call, caller, bucket);
      case "POST" -> upload(call, caller, bucket);
      default -> throw Refusal.notAllowed(call.method());
    };
  }

  private Reply object(Call call, Caller caller, Bucket bucket, String name) throws IOException {
    return switch (call.method()) {
      case "GET", "HEAD" -> read(call, caller, bucket, name);
      case "PATCH", "PUT" -> edit(call, caller, bucket, name);
      case "DELETE" -> {
        StoredObject before = bucket.find(name, null).orElse(null);
        judge.require(caller, Method.DELETE, bucket, name, null, before);
        bucket.delete(name, null, Conditions.NONE);
        yield Reply.empty(204);
      }
      // The name may stand in the path too.
      case "POST" -> upload(call, caller, bucket);
      default -> throw Refusal.notAllowed(call.method());
    };
  }

  private Reply read(Call call, Caller caller, Bucket bucket, String name) throws IOException {
    StoredObject object = bucket.find(name, null).orElse(null);
    boolean media = call.query("alt").filter("media"::equals).isPresent();
    boolean byToken =
        media
            && object != null
            && Tokens.isOne(object.attributes(), call.query("token").orElse(""));
    if (!byToken) {
      judge.require(caller, Method.GET, bucket, name, null, object);
    }
    StoredObject found = bucket.get(name, null);
    return media ? Media.of(call, bucket, found) : Reply.json(200, shown(withToken(bucket, found)));
  }

  /// Objects that servers wrote get their first token when a client asks.
  private static StoredObject withToken(Bucket bucket, StoredObject object) throws IOException {
    return Tokens.of(object.attributes()).isEmpty()
        ? bucket.update(
            object.name(),
            object.generation(),
            Conditions.NONE,
            attributes -> Tokens.kept(attributes, attributes),
            Bucket.Guard.NONE)
        : object;
  }

  private Reply edit(Call call, Caller caller, Bucket bucket, String name) throws IOException {
    ObjectNode said = Bodies.json(call);
    if (bucket.find(name, null).isEmpty()) {
      judge.require(caller, Method.UPDATE, bucket, name, null, null);
    }
    StoredObject object =
        bucket.update(
            name,
            null,
            Conditions.NONE,
            before -> Tokens.kept(Resources.attributes(said, before), before),
            judge.edit(caller, bucket));
    return Reply.json(200, shown(object));
  }

  private Reply list(Call call, Caller caller, Bucket bucket) {
    String prefix = call.query("prefix").orElse("");
    judge.require(caller, Method.LIST, bucket, prefix.replaceFirst("/$", ""), null, null);
    Listing listing =
        Listing.of(
            bucket,
            new Listing.Query(
                prefix,
                call.query("delimiter").orElse(""),
                "",
                "",
                call.query("pageToken").orElse(""),
                Listing.limit(call.number("maxResults")),
                false));
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode prefixes = page.putArray("prefixes");
    listing.prefixes().forEach(prefixes::add);
    ArrayNode items = page.putArray("items");
    listing
        .objects()
        .forEach(
            object -> items.addObject().put("name", object.name()).put("bucket", object.bucket()));
    if (listing.nextToken() != null) {
      page.put("nextPageToken", listing.nextToken());
    }
    return Reply.json(200, page);
  }

  private Reply upload(Call call, Caller caller, Bucket bucket) throws IOException {
    Optional<String> id = call.query("upload_id");
    if (id.isPresent()) {
      return uploads.goOn(call, id.get());
    }
    if (call.header("X-Goog-Upload-Protocol").filter("resumable"::equals).isPresent()) {
      return uploads.begin(call, caller, bucket);
    }
    if (call.header("Content-Type").orElse("").startsWith("multipart/")) {
      return multipart(call, caller, bucket);
    }
    Attributes attributes =
        Attributes.NONE.withContentType(call.header("Content-Type").orElse(null));
    return stored(
        bucket.put(
            name(call, null),
            Tokens.kept(attributes, Attributes.NONE),
            call.body(),
            Expected.NONE,
            Conditions.NONE,
            judge.upload(caller, bucket)));
  }

  private Reply multipart(Call call, Caller caller, Bucket bucket) throws IOException {
    Multipart parts = Multipart.of(call, call.body());
    ObjectNode said = Bodies.json(parts.part().body());
    Multipart.Part part = parts.part();
    Attributes attributes = Resources.attributes(said, Attributes.NONE);
    if (attributes.contentType() == null) {
      attributes = attributes.withContentType(part.headers().get("content-type"));
    }
    return stored(
        bucket.put(
            name(call, said),
            Tokens.kept(attributes, Attributes.NONE),
            part.body(),
            Resources.expected(said),
            Conditions.NONE,
            judge.upload(caller, bucket)));
  }

  /// The name that a call gives its object. Throws a 400 [Refusal] where it gives none.
  static String name(Call call, @Nullable ObjectNode said) {
    String name = call.query("name").orElse(said == null ? "" : said.path("name").asText());
    if (name.isEmpty()) {
      throw Refusal.invalid("The object has no name");
    }
    return name;
  }

  private static Reply stored(StoredObject object) {
    return Reply.json(200, shown(object));
  }

  /// An object as clients see it.
  static ObjectNode shown(StoredObject object) {
    ObjectNode json = Resources.object(object, "");
    json.remove(List.of("kind", "id", "selfLink", "mediaLink", "timeStorageClassUpdated"));
    json.put("downloadTokens", Tokens.of(object.attributes()));
    if (!json.has("contentEncoding")) {
      json.put("contentEncoding", "identity");
    }
    ObjectNode metadata = json.putObject("metadata");
    Tokens.without(object.attributes().metadata()).forEach(metadata::put);
    if (metadata.isEmpty()) {
      json.remove("metadata");
    }
    return json;
  }
}
