package dev.fireside.uploads.sessions.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;

/// Types by their magic numbers: Apache Tika knows what is not media, and most of what is.
final class Types {
  private static final String UNKNOWN = "application/octet-stream";

  /// Tika's names where others are used on the web.
  private static final Map<String, String> COMMON =
      Map.of(
          "audio/vnd.wave", "audio/wav",
          "audio/x-flac", "audio/flac",
          "application/x-matroska", "video/x-matroska");

  private static final int SYNC = 0x47;
  private static final int PACKET_BYTES = 188;
  private static final int TIMED_PACKET_BYTES = 192;
  private static final int PACKETS_LOOKED_AT = 4;

  /// How lists of files begin that Tika takes for text.
  private static final List<String> LISTS =
      List.of("ffconcat", "[playlist]", "#extm3u", "[reference]");

  private Types() {}

  private static final class Known {
    /// Reads a large file: when first asked for.
    static final MimeTypes TYPES = MimeTypes.getDefaultMimeTypes();
  }

  /// @param head the first 64 KiB
  static String of(byte[] head) {
    if (isTransportStream(head, 0, PACKET_BYTES)
        || isTransportStream(head, 4, TIMED_PACKET_BYTES)) {
      return "video/mp2t";
    }
    if (isAdts(head)) {
      return "audio/aac";
    }
    String type = byTika(head);
    return switch (COMMON.getOrDefault(type, type)) {
      case "application/ogg" -> ogg(head);
      case "video/x-matroska" -> contains(head, 64, "webm") ? "video/webm" : "video/x-matroska";
      case "video/quicktime" ->
          isBrand(head, "qt  ") || !isBrand(head, "") ? "video/quicktime" : "video/mp4";
      case "image/heif" -> "image/heic";
      case UNKNOWN -> isOldMovie(head) ? "video/quicktime" : UNKNOWN;
      case String known -> known;
    };
  }

  private static String byTika(byte[] head) {
    try {
      return Known.TYPES.detect(new ByteArrayInputStream(head), new Metadata()).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it is a list of files, as far as its first words say.
  static boolean isList(byte[] head) {
    String text = text(head, 0, 1_024).stripLeading().toLowerCase(Locale.ROOT);
    String bare = text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text;
    return LISTS.stream().anyMatch(bare::startsWith);
  }

  private static boolean isTransportStream(byte[] head, int from, int packet) {
    int last = from + packet * (PACKETS_LOOKED_AT - 1);
    if (head.length <= last) {
      return false;
    }
    for (int at = from; at <= last; at += packet) {
      if (head[at] != SYNC) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAdts(byte[] head) {
    if (head.length < 7 || (head[0] & 0xff) != 0xff || (head[1] & 0xf6) != 0xf0) {
      return false;
    }
    int length = (head[3] & 3) << 11 | (head[4] & 0xff) << 3 | (head[5] & 0xff) >> 5;
    return length >= 7
        && (head.length < length + 2
            || ((head[length] & 0xff) == 0xff && (head[length + 1] & 0xf6) == 0xf0));
  }

  private static String ogg(byte[] head) {
    boolean isFilm = contains(head, 4_096, "theora") || contains(head, 4_096, "OVP80");
    return isFilm ? "video/ogg" : "audio/ogg";
  }

  /// Films of QuickTime from before boxes said their brand.
  private static boolean isOldMovie(byte[] head) {
    return List.of("moov", "mdat", "wide", "free", "skip", "pnot").contains(text(head, 4, 8));
  }

  private static boolean isBrand(byte[] head, String brand) {
    return text(head, 4, 8).equals("ftyp") && text(head, 8, 12).startsWith(brand);
  }

  private static boolean contains(byte[] head, int within, String word) {
    return text(head, 0, within).contains(word);
  }

  private static String text(byte[] head, int from, int to) {
    int end = Math.min(to, head.length);
    return from >= end ? "" : new String(head, from, end - from, StandardCharsets.ISO_8859_1);
  }
}
