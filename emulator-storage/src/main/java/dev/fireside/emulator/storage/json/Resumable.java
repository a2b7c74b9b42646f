package dev.fireside.emulator.storage.json;

import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Buckets;
import dev.fireside.emulator.storage.disk.Expected;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.disk.Upload;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Goes on with resumable uploads
/// (<https://cloud.google.com/storage/docs/performing-resumable-uploads>): PUT with
/// `Content-Range`, alike in the JSON and the XML API.
public final class Resumable {
  private static final Pattern BYTES =
      Pattern.compile("bytes (?:([0-9]{1,18})-([0-9]{1,18})|\\*)/(?:([0-9]{1,18})|\\*)");

  /// What Google answers to the end of an upload that its client gives up.
  private static final int CANCELLED = 499;

  private final Buckets buckets;

  public Resumable(Buckets buckets) {
    this.buckets = buckets;
  }

  /// Answers a request for an upload: 308 while bytes are missing, with those that are there.
  ///
  /// @param finished the answer once they all are
  public Reply answer(Call call, String id, Function<StoredObject, Reply> finished)
      throws IOException {
    Upload upload = buckets.upload(id);
    if (call.method().equals("DELETE")) {
      buckets.cancel(upload);
      return Reply.empty(CANCELLED);
    }
    StoredObject object = upload.take(chunk(call, upload), Bucket.Guard.NONE);
    if (object != null) {
      return finished.apply(object);
    }
    if (upload.isFinished()) {
      throw new Refusal(410, "gone", "The object of this upload is gone");
    }
    long received = upload.received();
    Reply more = new Reply(308, Map.of("X-GUploader-UploadID", id), 0, _ -> {});
    return received == 0 ? more : more.with("Range", "bytes=0-" + (received - 1));
  }

  private static Upload.Chunk chunk(Call call, Upload upload) {
    Expected expected = expected(call);
    String range = call.header("Content-Range").orElse("");
    if (range.isEmpty()) {
      return new Upload.Chunk(0, call.numberHeader("Content-Length"), true, call.body(), expected);
    }
    Matcher matcher = BYTES.matcher(range);
    if (!matcher.matches()) {
      throw Refusal.invalid("Failed to parse Content-Range header.");
    }
    Long size = number(matcher.group(3));
    Long first = number(matcher.group(1));
    Long last = number(matcher.group(2));
    if (first == null || last == null) {
      return new Upload.Chunk(
          upload.received(), size, false, InputStream.nullInputStream(), expected);
    }
    Long length = call.numberHeader("Content-Length");
    boolean fits = last >= first && (length == null || length == last - first + 1);
    if (!fits || (size != null && last >= size)) {
      throw Refusal.invalid("The Content-Range does not fit the body");
    }
    return new Upload.Chunk(first, size, false, call.body(), expected);
  }

  private static @Nullable Long number(@Nullable String text) {
    return text == null ? null : (Long) Long.parseLong(text);
  }

  /// The checksums of a header such as `x-goog-hash: crc32c=…,md5=…`.
  public static Expected expected(Call call) {
    String crc32c = null;
    String md5 = call.header("Content-MD5").orElse(null);
    for (String pair : call.header("x-goog-hash").orElse("").split(",", -1)) {
      String hash = pair.strip();
      if (hash.startsWith("crc32c=")) {
        crc32c = hash.substring("crc32c=".length());
      } else if (hash.startsWith("md5=")) {
        md5 = hash.substring("md5=".length());
      }
    }
    return new Expected(crc32c, md5);
  }
}
