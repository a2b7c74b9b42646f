package dev.fireside.transcoder;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.store.BucketStore;
import dev.fireside.media.store.NewObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/// Where the files of an order are put to be served.
final class Shelf {
  /// A file that never changes once it is stated.
  private static final String FOREVER = "public, max-age=31536000, immutable";

  /// One that is written again when there is more.
  private static final String FRESH = "no-cache";

  private static final Map<String, String> TYPES =
      Map.of(
          "m3u8", "application/vnd.apple.mpegurl",
          "mpd", "application/dash+xml",
          "mp4", "video/mp4",
          "vtt", "text/vtt; charset=utf-8",
          "webp", "image/webp",
          "avif", "image/avif",
          "jpg", "image/jpeg");

  private final BucketStore bucket;
  private final String folder;
  private final Lease lease;

  Shelf(BucketStore bucket, String id, Lease lease) {
    this.bucket = bucket;
    this.folder = MediaFiles.folder(id);
    this.lease = lease;
  }

  /// Puts a file there under its own name.
  void put(Path file) {
    lease.check();
    bucket.put(object(file.getFileName().toString(), FOREVER), file);
  }

  /// Puts a text there.
  ///
  /// @param lasting whether it never changes
  void put(String name, String text, boolean lasting) {
    lease.check();
    bucket.put(object(name, lasting ? FOREVER : FRESH), text.getBytes(StandardCharsets.UTF_8));
  }

  private NewObject object(String name, String cacheControl) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    if (type == null) {
      throw new IllegalArgumentException("No type for " + name);
    }
    return new NewObject(
        folder + name, name.equals("audio.mp4") ? "audio/mp4" : type, cacheControl);
  }
}
