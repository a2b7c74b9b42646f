package dev.fireside.transcoder.encoding;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.domain.Formats;
import dev.fireside.transcoder.ffmpeg.Prober;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pictures that do not move, or hardly: posters, images and previews. They hold pixels only, and
/// nothing of where and when they were taken.
public final class Stills {
  /// Frames among which the one is found that shows most, where nobody chose one.
  private static final int CANDIDATES = 60;

  private static final String QUALITY = "75";
  private static final Duration PREVIEW = Duration.ofSeconds(3);
  private static final int PREVIEW_RATE = 8;
  private static final int PREVIEW_EDGE = 240;

  private Stills() {}

  static List<String> webp() {
    var arguments =
        new ArrayList<>(List.of("-frames:v", "1", "-c:v", "libwebp", "-quality", QUALITY));
    arguments.addAll(Fragments.ANONYMOUS);
    arguments.addAll(List.of("-f", "webp"));
    return arguments;
  }

  /// The poster of a clip.
  ///
  /// @param at its time; null for one that is found
  public static List<String> poster(
      String file, Clip clip, Clip.VideoTrack video, @Nullable Duration at) {
    var arguments = new ArrayList<>(List.of("-v", "error"));
    arguments.addAll(List.of("-ss", Pictures.seconds(within(clip, at))));
    arguments.addAll(Prober.opening(file, Formats.MEDIA));
    arguments.addAll(sizes(video, at == null ? "thumbnail=n=" + CANDIDATES + "," : "", true));
    return arguments;
  }

  /// A chosen time before the end; else one after fade-ins.
  private static Duration within(Clip clip, @Nullable Duration at) {
    if (at == null) {
      return clip.duration().dividedBy(10);
    }
    Duration last = clip.duration().minus(Duration.ofMillis(100));
    return last.isNegative() ? Duration.ZERO : at.compareTo(last) > 0 ? last : at;
  }

  /// An image in its sizes.
  public static List<String> image(String file, Clip.VideoTrack image) {
    var arguments = new ArrayList<>(List.of("-v", "error"));
    arguments.addAll(Prober.opening(file, Formats.IMAGES));
    arguments.addAll(sizes(image, "", false));
    return arguments;
  }

  /// The names of the files that [#image] makes.
  public static List<String> imageFiles() {
    return MediaFiles.pictures();
  }

  private static List<String> sizes(Clip.VideoTrack video, String choice, boolean jpeg) {
    var filter = new StringBuilder("[0:%d]%s".formatted(video.index(), choice));
    MediaFiles.Size[] all = MediaFiles.Size.values();
    int outputs = all.length + (jpeg ? 1 : 0);
    filter.append("split=").append(outputs);
    for (int i = 0; i < outputs; i++) {
      filter.append("[s").append(i).append(']');
    }
    var outputArguments = new ArrayList<String>();
    for (int i = 0; i < outputs; i++) {
      MediaFiles.Size size = i < all.length ? all[i] : MediaFiles.Size.MEDIUM;
      filter.append(";[s%d]%s[p%d]".formatted(i, fitted(video, size.edgeMax()), i));
      outputArguments.addAll(List.of("-map", "[p" + i + "]"));
      if (i < all.length) {
        outputArguments.addAll(webp());
        outputArguments.add(MediaFiles.picture(size, "webp"));
      } else {
        outputArguments.addAll(List.of("-frames:v", "1", "-c:v", "mjpeg", "-q:v", "3"));
        outputArguments.addAll(Fragments.ANONYMOUS);
        outputArguments.addAll(List.of("-f", "mjpeg", MediaFiles.POSTER_JPEG));
      }
    }
    var arguments = new ArrayList<>(List.of("-filter_complex", filter.toString()));
    arguments.addAll(outputArguments);
    return arguments;
  }

  private static String fitted(Clip.VideoTrack video, int edgeMax) {
    double shrink = Math.min(1, (double) edgeMax / video.edge());
    return Colours.fitted(
        video,
        Math.max(1, (int) Math.round(video.width() * shrink)),
        Math.max(1, (int) Math.round(video.height() * shrink)));
  }

  /// A few moving seconds of a clip.
  public static List<String> preview(String file, Clip clip, Clip.VideoTrack video) {
    double shrink = Math.min(1, (double) PREVIEW_EDGE / video.edge());
    var arguments = new ArrayList<>(List.of("-v", "error"));
    arguments.addAll(List.of("-ss", Pictures.seconds(clip.duration().dividedBy(5))));
    arguments.addAll(List.of("-t", Pictures.seconds(PREVIEW)));
    arguments.addAll(Prober.opening(file, Formats.MEDIA));
    arguments.addAll(
        List.of(
            "-filter_complex",
            "[0:%d]fps=%d,".formatted(video.index(), PREVIEW_RATE)
                + Colours.fitted(
                    video,
                    Math.max(2, (int) (video.width() * shrink)),
                    Math.max(2, (int) (video.height() * shrink)))
                + "[p]",
            "-map",
            "[p]",
            "-c:v",
            "libwebp_anim",
            "-quality",
            "60",
            "-loop",
            "0"));
    arguments.addAll(Fragments.ANONYMOUS);
    arguments.addAll(List.of("-f", "webp", MediaFiles.PREVIEW));
    return arguments;
  }
}
