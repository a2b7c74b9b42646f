package dev.fireside.transcoder.encoding;

import dev.fireside.media.domain.MediaFiles;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.domain.Formats;
import dev.fireside.transcoder.domain.Ladder;
import dev.fireside.transcoder.domain.Rate;
import dev.fireside.transcoder.domain.Rung;
import dev.fireside.transcoder.domain.Thumbnails;
import dev.fireside.transcoder.ffmpeg.Prober;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The moving pictures of a clip: some qualities of it from one decoding, each a file of fragments.
///
/// Frames come at a steady rate from time 0 on, turned upright, with square pixels, in the colours
/// of ordinary screens; key frames are at the same times in every quality.
public final class Pictures {
  private static final double MICROS = 1e6;

  /// Rows that an encoder of ours works on at once, where it has several threads.
  private static final int ROWS_PER_SLICE = 360;

  private Pictures() {}

  /// Arguments of ffmpeg.
  ///
  /// @param thumbnails made along with the qualities; null for none
  public static List<String> arguments(
      String file,
      Clip.VideoTrack video,
      List<Rung> rungs,
      @Nullable Thumbnails thumbnails,
      String encoder,
      int threads) {
    var arguments = new ArrayList<>(List.of("-v", "error", "-threads", Integer.toString(threads)));
    arguments.addAll(Prober.opening(file, Formats.MEDIA));
    arguments.addAll(
        List.of(
            "-filter_complex", filter(video, rungs, thumbnails), "-filter_complex_threads", "1"));
    for (int i = 0; i < rungs.size(); i++) {
      arguments.addAll(List.of("-map", "[v" + i + "]"));
      arguments.addAll(encoding(encoder, rungs.get(i), video.rate(), threads));
      arguments.addAll(Fragments.of(fragmentMicros(video.rate())));
      arguments.addAll(List.of("-movflags", "+cmaf+frag_keyframe+global_sidx", "-f", "mp4"));
      arguments.add(MediaFiles.media(rungs.get(i).name()));
    }
    if (thumbnails != null) {
      arguments.addAll(List.of("-map", "[thumbnails]"));
      arguments.addAll(Stills.webp());
      arguments.add(MediaFiles.THUMBNAILS);
    }
    return arguments;
  }

  private static String filter(
      Clip.VideoTrack video, List<Rung> rungs, @Nullable Thumbnails thumbnails) {
    Rung largest = rungs.stream().max(Comparator.comparingInt(Rung::edge)).orElseThrow();
    int outputs = rungs.size() + (thumbnails == null ? 0 : 1);
    var filter = new StringBuilder();
    filter.append("[0:%d]fps=fps=%s:start_time=0,".formatted(video.index(), video.rate()));
    filter.append(Colours.fitted(video, largest.width(), largest.height()));
    filter.append(",split=").append(outputs);
    for (int i = 0; i < outputs; i++) {
      filter.append("[s").append(i).append(']');
    }
    for (int i = 0; i < rungs.size(); i++) {
      Rung rung = rungs.get(i);
      filter.append(
          rung.equals(largest)
              ? ";[s%d]null[v%d]".formatted(i, i)
              : ";[s%d]scale=%d:%d:flags=bicubic[v%d]"
                  .formatted(i, rung.width(), rung.height(), i));
    }
    if (thumbnails != null) {
      filter.append(";[s%d]%s[thumbnails]".formatted(rungs.size(), thumbnails.filter()));
    }
    return filter.toString();
  }

  private static List<String> encoding(String encoder, Rung rung, Rate rate, int threads) {
    int distance = rate.keyFrameDistance(Ladder.KEY_FRAME_SECONDS);
    var arguments =
        new ArrayList<>(
            List.of(
                "-c:v",
                encoder,
                "-b:v",
                Long.toString(rung.averageBits()),
                "-maxrate",
                Long.toString(rung.maxBits()),
                "-bufsize",
                Long.toString(2 * rung.maxBits()),
                "-g",
                Integer.toString(distance),
                "-force_key_frames",
                "expr:eq(mod(n," + distance + "),0)",
                "-pix_fmt",
                "yuv420p"));
    switch (encoder) {
      case "libopenh264" -> {
        int slices = Math.clamp(rung.edge() / ROWS_PER_SLICE, 1, threads);
        arguments.addAll(
            List.of("-coder", "cabac", "-slices", Integer.toString(slices), "-threads"));
        arguments.add(Integer.toString(slices));
      }
      case "libx264" ->
          arguments.addAll(
              List.of("-preset", "veryfast", "-sc_threshold", "0", "-profile:v", "high"));
      default -> arguments.addAll(List.of("-profile:v", "high"));
    }
    arguments.addAll(Fragments.ANONYMOUS);
    return arguments;
  }

  /// A little less than whole groups of pictures last: a fragment ends at the next key frame.
  private static long fragmentMicros(Rate rate) {
    int groups = Ladder.SEGMENT_SECONDS / Ladder.KEY_FRAME_SECONDS;
    double frames = groups * rate.keyFrameDistance(Ladder.KEY_FRAME_SECONDS) - 0.5;
    return (long) (frames / rate.value() * MICROS);
  }

  /// A time as ffmpeg takes it.
  static String seconds(java.time.Duration time) {
    return String.format(Locale.ROOT, "%.3f", time.toMillis() / 1e3);
  }
}
