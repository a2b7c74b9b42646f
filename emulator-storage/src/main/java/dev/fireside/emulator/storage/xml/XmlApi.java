package dev.fireside.emulator.storage.xml;

import dev.fireside.emulator.storage.disk.Attributes;
import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Buckets;
import dev.fireside.emulator.storage.disk.Conditions;
import dev.fireside.emulator.storage.disk.Expected;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.disk.Upload;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.http.Media;
import dev.fireside.emulator.storage.http.Multipart;
import dev.fireside.emulator.storage.http.Reply;
import dev.fireside.emulator.storage.json.Listing;
import dev.fireside.emulator.storage.json.Resumable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The XML API (<https://cloud.google.com/storage/docs/xml-api/overview>): objects by signed URLs,
/// uploads by signed forms. Whoever shows a token is trusted, as servers are; everybody else needs
/// a signature, but to read from buckets that are public.
public final class XmlApi {
  private static final String META = "x-goog-meta-";

  private final Buckets buckets;
  private final Clock clock;
  private final Resumable resumable;
  private final SigningKeys keys = new SigningKeys();
  private final Set<String> publicBuckets = ConcurrentHashMap.newKeySet();

  public XmlApi(Buckets buckets, Clock clock) {
    this.buckets = buckets;
    this.clock = clock;
    this.resumable = new Resumable(buckets);
  }

  /// The accounts whose signatures count.
  public SigningKeys keys() {
    return keys;
  }

  /// Lets everybody read the objects of a bucket.
  public void open(String bucket) {
    publicBuckets.add(bucket);
  }

  /// Answers a call; what cannot be served as well.
  public Reply answer(Call call) throws IOException {
    try {
      return served(call);
    } catch (Refusal e) {
      return Errors.of(e);
    }
  }

  private Reply served(Call call) throws IOException {
    int slash = call.path().indexOf('/', 1);
    String bucketName = call.path().substring(1, slash < 0 ? call.path().length() : slash);
    List<String> parts = slash < 0 ? List.of("") : call.parts(call.path().substring(0, slash + 1));
    String object = String.join("/", parts);
    String id = call.query("upload_id").orElse("");
    if (!id.isEmpty()) {
      return resumable.answer(call, id, XmlApi::written);
    }
    Bucket bucket = buckets.get(bucketName);
    if (object.isEmpty() && call.method().equals("POST")) {
      return form(call, bucket);
    }
    authorize(call, bucket);
    return object.isEmpty() ? list(call, bucket) : object(call, bucket, object);
  }

  private void authorize(Call call, Bucket bucket) {
    if (SignedUrl.is(call)) {
      SignedUrl.check(call, keys, clock.instant());
      return;
    }
    boolean reads = call.method().equals("GET") || call.method().equals("HEAD");
    boolean open = reads && publicBuckets.contains(bucket.name());
    if (call.header("Authorization").isEmpty() && !open) {
      throw new Refusal(403, "accessDenied", "Access denied.");
    }
  }

  private Reply object(Call call, Bucket bucket, String name) throws IOException {
    return switch (call.method()) {
      case "GET", "HEAD" -> {
        StoredObject object = bucket.get(name, call.number("generation"));
        conditions(call).checkRead(object);
        yield asAsked(call, Media.of(call, bucket, object));
      }
      case "PUT" -> {
        StoredObject object =
            bucket.put(
                name,
                attributes(call.headers()),
                limited(call),
                Resumable.expected(call),
                conditions(call),
                Bucket.Guard.NONE);
        yield written(object);
      }
      case "POST" -> {
        yield begin(call, bucket, name);
      }
      case "DELETE" -> {
        bucket.delete(name, call.number("generation"), conditions(call));
        yield Reply.empty(204);
      }
      default -> throw Refusal.notAllowed(call.method());
    };
  }

  private static Reply asAsked(Call call, Reply reply) {
    Reply asked = reply;
    for (String header : List.of("Content-Type", "Content-Disposition")) {
      Optional<String> value = call.query("response-" + header.toLowerCase(Locale.ROOT));
      if (value.isPresent()) {
        asked = asked.with(header, value.get());
      }
    }
    return asked;
  }

  /// `x-goog-content-length-range: 0,1000` is what a signed URL can say of the size.
  private static InputStream limited(Call call) {
    Optional<String> range = call.header("x-goog-content-length-range");
    if (range.isEmpty()) {
      return call.body();
    }
    String[] ends = range.get().split(",", 2);
    long min = Call.number("x-goog-content-length-range", ends[0].strip());
    long max = Call.number("x-goog-content-length-range", ends.length < 2 ? "" : ends[1].strip());
    return new Limited(call.body(), min, max);
  }

  private Reply begin(Call call, Bucket bucket, String name) throws IOException {
    if (!call.header("x-goog-resumable").orElse("").equals("start")) {
      throw Refusal.invalid("A POST of an object begins an upload: x-goog-resumable: start");
    }
    Long size = call.numberHeader("x-upload-content-length");
    Upload upload =
        buckets.begin(
            bucket, name, attributes(call.headers()), conditions(call), Expected.NONE, size, "");
    return Reply.empty(201)
        .with("Location", call.base() + call.path() + "?upload_id=" + upload.id())
        .with("X-GUploader-UploadID", upload.id());
  }

  private static Reply written(StoredObject object) {
    Map<String, String> headers = new LinkedHashMap<>(Media.headers(object));
    headers.remove("Content-Type");
    headers.remove("Content-Encoding");
    return new Reply(200, headers, 0, _ -> {});
  }

  private static Conditions conditions(Call call) {
    return new Conditions(
        call.numberHeader("x-goog-if-generation-match"),
        null,
        call.numberHeader("x-goog-if-metageneration-match"),
        null);
  }

  /// @param said headers or fields of a form, by their names in lower case
  private static Attributes attributes(Map<String, String> said) {
    var metadata = new HashMap<String, String>();
    said.forEach((name, value) -> {
      if (name.startsWith(META)) {
        metadata.put(name.substring(META.length()), value);
      }
    });
    return new Attributes(
        said.get("content-type"),
        said.get("content-encoding"),
        said.get("content-disposition"),
        said.get("content-language"),
        said.get("cache-control"),
        null,
        metadata);
  }

  private static Reply list(Call call, Bucket bucket) {
    if (!call.method().equals("GET")) {
      throw Refusal.notAllowed(call.method());
    }
    Listing listing =
        Listing.of(
            bucket,
            new Listing.Query(
                call.query("prefix").orElse(""),
                call.query("delimiter").orElse(""),
                call.query("start-after").map(name -> name + '\0').orElse(""),
                "",
                call.query("continuation-token").orElse(""),
                Listing.limit(call.number("max-keys")),
                false));
    return Reply.text(200, "application/xml; charset=UTF-8", Listings.xml(bucket, listing));
  }

  private Reply form(Call call, Bucket bucket) throws IOException {
    Multipart parts = Multipart.of(call, call.body());
    var fields = new HashMap<String, String>();
    while (true) {
      Multipart.Part part = parts.part();
      String name =
          part.parameter("content-disposition", "name").orElse("").toLowerCase(Locale.ROOT);
      if (name.equals("file")) {
        return form(bucket, fields, part);
      }
      byte[] value = part.body().readNBytes(1 << 20);
      fields.put(name, new String(value, StandardCharsets.UTF_8));
    }
  }

  private Reply form(Bucket bucket, Map<String, String> fields, Multipart.Part file)
      throws IOException {
    Policy policy = Policy.check(bucket.name(), fields, keys, clock.instant());
    String fileName = file.parameter("content-disposition", "filename").orElse("");
    String name = fields.getOrDefault("key", "").replace("${filename}", fileName);
    StoredObject object =
        bucket.put(
            name,
            attributes(fields),
            new Limited(file.body(), policy.sizeMin(), policy.sizeMax()),
            Expected.NONE,
            Conditions.NONE,
            Bucket.Guard.NONE);
    String redirect = fields.get("success_action_redirect");
    if (redirect != null) {
      return Reply.empty(303).with("Location", redirect);
    }
    return switch (fields.getOrDefault("success_action_status", "204")) {
      case "200" -> Reply.empty(200);
      case "201" -> Reply.text(201, "application/xml; charset=UTF-8", Listings.xml(bucket, object));
      default -> Reply.empty(204);
    };
  }
}
