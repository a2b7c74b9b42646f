package dev.fireside.media.domain;

import dev.fireside.shared.json.WireNames;
import java.util.List;

/// Names of what is made, in the bucket that is served: all of an id lies below [#folder].
public final class MediaFiles {
  /// The stream, for HLS.
  public static final String MASTER = "master.m3u8";

  /// The stream, for DASH.
  public static final String MANIFEST = "manifest.mpd";

  /// Many small pictures of a clip in one.
  public static final String THUMBNAILS = "thumbnails.webp";

  /// Which part of [#THUMBNAILS] belongs to which time, as WebVTT.
  public static final String THUMBNAIL_TRACK = "thumbnails.vtt";

  /// A few moving seconds of a clip.
  public static final String PREVIEW = "preview.webp";

  /// A poster for whoever cannot read WebP, such as crawlers that show a link.
  public static final String POSTER_JPEG = "poster.jpg";

  private MediaFiles() {}

  /// Where all that is made of an order lies; ends with `/`.
  public static String folder(String id) {
    return "videos/" + id + "/";
  }

  /// The file with a rendition's segments.
  public static String media(String rendition) {
    return rendition + ".mp4";
  }

  /// A rendition's playlist.
  public static String playlist(String rendition) {
    return rendition + ".m3u8";
  }

  /// The sizes of a still picture.
  public enum Size {
    SMALL(320),
    MEDIUM(720),
    LARGE(1_440);

    private final int edgeMax;

    Size(int edgeMax) {
      this.edgeMax = edgeMax;
    }

    /// Pixels of the smaller edge, at most.
    public int edgeMax() {
      return edgeMax;
    }
  }

  /// A still picture of a size: of a clip its poster, of an image itself.
  ///
  /// @param type `webp` or `avif`
  public static String picture(Size size, String type) {
    return "poster-" + WireNames.of(size) + "." + type;
  }

  /// All still pictures that are always made.
  public static List<String> pictures() {
    return List.of(Size.values()).stream().map(size -> picture(size, "webp")).toList();
  }
}
