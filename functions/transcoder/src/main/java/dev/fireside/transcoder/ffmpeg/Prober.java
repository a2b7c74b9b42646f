package dev.fireside.transcoder.ffmpeg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.json.Json;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.domain.Formats;
import dev.fireside.transcoder.domain.Rate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks at what strangers sent.
public final class Prober {
  /// Pixels of a frame, at most: those of 8K, twice.
  private static final long PIXELS_MAX = 2L * 7_680 * 4_320;

  private static final Set<String> HDR = Set.of("smpte2084", "arib-std-b67");
  private static final String ENTRIES =
      "format=format_name,duration"
          + ":stream=index,codec_type,codec_name,width,height,sample_aspect_ratio,avg_frame_rate"
          + ",r_frame_rate,color_transfer,channels,duration,bit_rate"
          + ":stream_disposition=attached_pic,default:stream_side_data=rotation";

  /// A photograph says with its pixels how it was held.
  private static final String FIRST_FRAME = ":frame_side_data=rotation";

  private static final double NANOS = 1e9;

  private final Ffmpeg ffmpeg;

  public Prober(Ffmpeg ffmpeg) {
    this.ffmpeg = ffmpeg;
  }

  /// What opens a file of a folder, and nothing else than it.
  ///
  /// @param formats the containers it may have
  public static List<String> opening(String file, List<String> formats) {
    return List.of(
        "-protocol_whitelist",
        "file",
        "-format_whitelist",
        String.join(",", formats),
        "-max_pixels",
        Long.toString(PIXELS_MAX),
        "-i",
        "file:" + file);
  }

  /// The clip or sound in a file; empty where there is none. Throws [FfmpegException] where time
  /// was up.
  public Optional<Clip> clip(Path folder, String file) {
    return look(folder, file, Formats.MEDIA, List.of("-show_entries", ENTRIES))
        .filter(clip -> clip.video() != null || clip.audio() != null);
  }

  /// The image in a file; empty where there is none.
  public Optional<Clip> image(Path folder, String file) {
    return look(
            folder,
            file,
            Formats.IMAGES,
            List.of("-read_intervals", "%+#1", "-show_entries", ENTRIES + FIRST_FRAME))
        .filter(clip -> clip.video() != null);
  }

  private Optional<Clip> look(Path folder, String file, List<String> formats, List<String> wanted) {
    var arguments = new ArrayList<>(List.of("-v", "error", "-of", "json"));
    arguments.addAll(wanted);
    arguments.addAll(opening(file, formats));
    try {
      String output = ffmpeg.probe(folder, arguments, Limits.GLANCE).output();
      return Optional.of(Json.mapper().readTree(output)).flatMap(Prober::read);
    } catch (FfmpegException e) {
      if (e.kind() == FfmpegException.Kind.FAILED) {
        return Optional.empty();
      }
      throw e;
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /// How long a clip really is, by reading all of it: for containers that do not say.
  public Duration measured(Path folder, String file, Limits limits) {
    var micros = new AtomicLong();
    var arguments = new ArrayList<>(List.of("-v", "error"));
    arguments.addAll(opening(file, Formats.MEDIA));
    arguments.addAll(List.of("-map", "0:V?", "-map", "0:a?", "-c", "copy", "-f", "null", "-"));
    ffmpeg.convert(folder, arguments, limits, line -> Progress.micros(line).ifPresent(micros::set));
    return Duration.ofNanos(micros.get() * 1_000);
  }

  private static Optional<Clip> read(JsonNode root) {
    JsonNode format = root.path("format");
    if (!format.has("format_name")) {
      return Optional.empty();
    }
    List<JsonNode> streams = root.path("streams").valueStream().toList();
    Clip.VideoTrack video =
        best(streams, Prober::isPicture, Prober::pixels)
            .map(stream -> video(stream, root.at("/frames/0")))
            .orElse(null);
    Clip.AudioTrack audio =
        best(streams, Prober::isSound, stream -> stream.path("channels").asInt())
            .map(Prober::audio)
            .orElse(null);
    return Optional.of(
        new Clip(format.path("format_name").asText(), duration(format, streams), video, audio));
  }

  private static boolean isPicture(JsonNode stream) {
    return stream.path("codec_type").asText().equals("video")
        && stream.path("disposition").path("attached_pic").asInt() == 0
        && pixels(stream) > 0
        && stream.has("codec_name");
  }

  private static boolean isSound(JsonNode stream) {
    return stream.path("codec_type").asText().equals("audio")
        && stream.path("channels").asInt() > 0
        && stream.has("codec_name");
  }

  private static long pixels(JsonNode stream) {
    return stream.path("width").asLong() * stream.path("height").asLong();
  }

  /// Of several the one that its maker chose, else the greatest.
  private static Optional<JsonNode> best(
      List<JsonNode> streams, Predicate<JsonNode> fitting, ToLongFunction<JsonNode> size) {
    return streams.stream()
        .filter(fitting)
        .max(
            Comparator.comparingInt(
                    (JsonNode stream) -> stream.path("disposition").path("default").asInt())
                .thenComparingLong(size));
  }

  private static Clip.VideoTrack video(JsonNode stream, JsonNode frame) {
    long width = stream.path("width").asLong();
    long height = stream.path("height").asLong();
    double aspect = ratio(stream.path("sample_aspect_ratio").asText());
    long shown = aspect > 0 ? Math.max(1, Math.round(width * aspect)) : width;
    boolean turned =
        Stream.of(stream, frame)
            .flatMap(node -> node.path("side_data_list").valueStream())
            .mapToInt(data -> data.path("rotation").asInt())
            .anyMatch(degrees -> Math.floorMod(degrees, 180) == 90);
    Rate average = rate(stream.path("avg_frame_rate").asText());
    Rate base = rate(stream.path("r_frame_rate").asText());
    String transfer = stream.path("color_transfer").asText();
    Rate known = average != null ? average : base != null ? base : new Rate(30, 1);
    return new Clip.VideoTrack(
        stream.path("index").asInt(),
        stream.path("codec_name").asText(),
        (int) (turned ? height : shown),
        (int) (turned ? shown : height),
        Rate.served(known, base == null ? known : base),
        HDR.contains(transfer) ? transfer : null,
        seconds(stream.path("duration").asDouble(0)),
        stream.path("bit_rate").asLong());
  }

  private static Clip.AudioTrack audio(JsonNode stream) {
    return new Clip.AudioTrack(
        stream.path("index").asInt(),
        stream.path("codec_name").asText(),
        stream.path("channels").asInt());
  }

  private static Duration duration(JsonNode format, List<JsonNode> streams) {
    double seconds =
        Stream.concat(Stream.of(format), streams.stream())
            .mapToDouble(node -> node.path("duration").asDouble(0))
            .filter(value -> value > 0)
            .findFirst()
            .orElse(0);
    return seconds(seconds);
  }

  private static Duration seconds(double seconds) {
    return Duration.ofNanos((long) (seconds * NANOS));
  }

  /// Such as `4:3`; 0 for none.
  private static double ratio(String text) {
    String[] parts = text.split(":", -1);
    try {
      return parts.length == 2
          ? (double) Integer.parseInt(parts[0]) / Math.max(1, Integer.parseInt(parts[1]))
          : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /// Such as `30000/1001`; null for none, such as `0/0`.
  private static @Nullable Rate rate(String text) {
    String[] parts = text.split("/", -1);
    try {
      return parts.length == 2
          ? new Rate(Long.parseLong(parts[0]), Long.parseLong(parts[1]))
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
