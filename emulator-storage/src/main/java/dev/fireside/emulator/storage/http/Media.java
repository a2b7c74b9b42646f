package dev.fireside.emulator.storage.http;

import dev.fireside.emulator.storage.disk.Attributes;
import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Sends the bytes of objects: whole, or one range of them.
public final class Media {
  private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");
  private static final int BUFFER = 64 * 1024;

  private Media() {}

  /// A part of an object, both ends included.
  private record Range(long first, long last) {
    long length() {
      return last - first + 1;
    }
  }

  /// Answers a GET or HEAD. Throws a 412 [Refusal] where another version is asked for.
  public static Reply of(Call call, Bucket bucket, StoredObject object) throws IOException {
    Map<String, String> headers = headers(object);
    boolean isHead = call.method().equals("HEAD");
    requireMatch(call, object);
    if (isNotModified(call, object)) {
      return new Reply(304, headers, 0, _ -> {});
    }
    if (isToBeUnpacked(call, object)) {
      headers.remove("Content-Encoding");
      headers.put("Warning", "214 UploadServer gunzipped");
      return new Reply(200, headers, -1, isHead ? _ -> {} : out -> unpack(bucket, object, out));
    }
    Range range = isWanted(call, object) ? range(call, object) : null;
    if (range != null && range.first() >= object.size()) {
      return Reply.text(416, "text/plain", "The object has " + object.size() + " bytes")
          .with("Content-Range", "bytes */" + object.size());
    }
    Range sent = range == null ? new Range(0, object.size() - 1) : range;
    if (range != null) {
      headers.put(
          "Content-Range", "bytes %d-%d/%d".formatted(sent.first(), sent.last(), object.size()));
    }
    // Opened now: from here on the object may go.
    InputStream in = isHead ? InputStream.nullInputStream() : bucket.open(object);
    return new Reply(
        range == null ? 200 : 206,
        headers,
        sent.length(),
        out -> {
          try (in) {
            if (!isHead) {
              send(in, sent, out);
            }
          }
        });
  }

  /// The headers that describe an object.
  public static Map<String, String> headers(StoredObject object) {
    var headers = new LinkedHashMap<String, String>();
    Attributes attributes = object.attributes();
    String type = attributes.contentType();
    headers.put("Content-Type", type == null ? "application/octet-stream" : type);
    put(headers, "Content-Encoding", attributes.contentEncoding());
    put(headers, "Content-Disposition", attributes.contentDisposition());
    put(headers, "Content-Language", attributes.contentLanguage());
    String cache = attributes.cacheControl();
    headers.put("Cache-Control", cache == null ? "private, max-age=0" : cache);
    headers.put("Accept-Ranges", "bytes");
    headers.put("ETag", etag(object));
    headers.put("Last-Modified", modified(object));
    headers.put("x-goog-generation", Long.toString(object.generation()));
    headers.put("x-goog-metageneration", Long.toString(object.metageneration()));
    headers.put("x-goog-storage-class", "STANDARD");
    headers.put("x-goog-stored-content-encoding", encoding(attributes));
    headers.put("x-goog-stored-content-length", Long.toString(object.size()));
    String md5 = object.md5();
    headers.put("x-goog-hash", "crc32c=" + object.crc32c() + (md5 == null ? "" : ",md5=" + md5));
    attributes.metadata().forEach((name, value) -> headers.put("x-goog-meta-" + name, value));
    return headers;
  }

  private static String encoding(Attributes attributes) {
    String encoding = attributes.contentEncoding();
    return encoding == null ? "identity" : encoding;
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  private static String etag(StoredObject object) {
    return "\"" + object.generation() + "/" + object.metageneration() + "\"";
  }

  private static void requireMatch(Call call, StoredObject object) {
    String tags = call.header("If-Match").orElse("*");
    if (!tags.equals("*") && !tags.contains(etag(object))) {
      throw new Refusal(412, "conditionNotMet", "The object is another version");
    }
  }

  private static boolean isNotModified(Call call, StoredObject object) {
    Optional<String> tags = call.header("If-None-Match");
    return tags.isPresent()
        ? tags.get().equals("*") || tags.get().contains(etag(object))
        : call.header("If-Modified-Since").filter(modified(object)::equals).isPresent();
  }

  /// Whether a part is wanted of this version: whoever has parts of another one gets the whole.
  private static boolean isWanted(Call call, StoredObject object) {
    String version = call.header("If-Range").orElse("");
    return version.isEmpty() || version.equals(etag(object)) || version.equals(modified(object));
  }

  private static String modified(StoredObject object) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(object.updated().atOffset(ZoneOffset.UTC));
  }

  /// Whoever cannot read gzip gets what was packed.
  private static boolean isToBeUnpacked(Call call, StoredObject object) {
    return "gzip".equals(object.attributes().contentEncoding())
        && !call.header("Accept-Encoding").orElse("").toLowerCase(Locale.ROOT).contains("gzip");
  }

  private static void unpack(Bucket bucket, StoredObject object, OutputStream out)
      throws IOException {
    try (var in = new GZIPInputStream(bucket.open(object))) {
      in.transferTo(out);
    }
  }

  /// Null for the whole: of several ranges, and of what is none, servers may send that.
  private static @Nullable Range range(Call call, StoredObject object) {
    String text = call.header("Range").orElse("");
    Matcher matcher = RANGE.matcher(text.replace(" ", ""));
    if (!matcher.matches() || text.replace(" ", "").equals("bytes=-")) {
      return null;
    }
    long size = object.size();
    String first = matcher.group(1);
    String last = matcher.group(2);
    Range range =
        first.isEmpty()
            ? new Range(Math.max(0, size - Long.parseLong(last)), size - 1)
            : new Range(
                Long.parseLong(first),
                last.isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(last)));
    if (!last.isEmpty() && !first.isEmpty() && Long.parseLong(last) < range.first()) {
      return null;
    }
    return range;
  }

  private static void send(InputStream in, Range range, OutputStream out) throws IOException {
    in.skipNBytes(range.first());
    var buffer = new byte[BUFFER];
    long left = range.length();
    while (left > 0) {
      int read = in.readNBytes(buffer, 0, (int) Math.min(left, buffer.length));
      if (read == 0) {
        throw new IOException("The object ends early");
      }
      out.write(buffer, 0, read);
      left -= read;
    }
  }
}
