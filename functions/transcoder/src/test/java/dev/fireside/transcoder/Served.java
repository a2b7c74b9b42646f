package dev.fireside.transcoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.store.BucketStore;
import dev.fireside.media.store.StoredObject;
import dev.fireside.shared.json.Json;
import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import dev.fireside.transcoder.ffmpeg.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What is served of an order, in a folder as players fetch it, and held to what it says of itself.
final class Served {
  private static final Limits LIMITS = new Limits(Duration.ofMinutes(1), 8L << 30, 1L << 20, 1);
  private static final Pattern SEGMENT =
      Pattern.compile("#EXTINF:([0-9.]+),\n#EXT-X-BYTERANGE:([0-9]+)@([0-9]+)\n");

  private final Path folder;
  private final List<StoredObject> objects;
  private final Ffmpeg ffmpeg = new Ffmpeg(TestClips.INSTALLATION);

  Served(BucketStore bucket, String id) {
    String prefix = MediaFiles.folder(id);
    this.folder = Path.of("target", "served", id).toAbsolutePath();
    this.objects = bucket.list(prefix, "", 1_000);
    try {
      Files.createDirectories(folder);
      for (StoredObject object : objects) {
        bucket.download(object, folder.resolve(object.name().substring(prefix.length())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> names() {
    return objects.stream()
        .map(object -> object.name().substring(object.name().lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  StoredObject object(String name) {
    return objects.stream().filter(o -> o.name().endsWith("/" + name)).findFirst().orElseThrow();
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  String text(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every playlist can be read, and says of durations, codecs, sizes and bits what is so.
  void check(Made made) {
    for (Rendition rendition : made.renditions()) {
      checkRendition(rendition, made);
    }
    List<String> keyFrames =
        made.renditions().stream()
            .filter(r -> !r.isSound())
            .map(this::keyFrames)
            .distinct()
            .toList();
    assertThat(keyFrames).as("times of key frames").hasSizeLessThanOrEqualTo(1);
    checkMaster(made);
    for (String list : List.of(MediaFiles.MASTER, MediaFiles.MANIFEST)) {
      assertThat(probe(list, "stream=codec_type").path("streams").size())
          .as(list)
          .isGreaterThanOrEqualTo(made.renditions().size());
    }
  }

  private void checkRendition(Rendition rendition, Made made) {
    String playlist = text(MediaFiles.playlist(rendition.name()));
    List<MatchResult> segments = SEGMENT.matcher(playlist).results().toList();
    double sum = segments.stream().mapToDouble(s -> Double.parseDouble(s.group(1))).sum();
    long target =
        Long.parseLong(playlist.split("TARGETDURATION:", -1)[1].lines().findFirst().get());
    assertThat(segments).allMatch(s -> Math.round(Double.parseDouble(s.group(1))) <= target);
    JsonNode probed =
        probe(
            MediaFiles.playlist(rendition.name()),
            "format=duration:stream=width,height,profile,level,codec_name:packet=pts_time,duration_time,size");
    JsonNode stream = probed.path("streams").path(0);
    assertThat(probed.path("streams").size()).isOne();
    assertThat(stream.path("width").asInt()).isEqualTo(rendition.width());
    assertThat(stream.path("height").asInt()).isEqualTo(rendition.height());
    double end = 0;
    double begin = Double.MAX_VALUE;
    long bytes = 0;
    for (JsonNode packet : probed.path("packets")) {
      begin = Math.min(begin, packet.path("pts_time").asDouble());
      end =
          Math.max(
              end, packet.path("pts_time").asDouble() + packet.path("duration_time").asDouble());
      bytes += packet.path("size").asLong();
    }
    assertThat(begin).as("begins").isZero();
    assertThat(end).as("plays").isCloseTo(sum, within(0.05));
    assertThat(made.duration().toMillis() / 1e3).isGreaterThanOrEqualTo(sum - 0.001);
    assertThat(rendition.bytes()).isEqualTo(object(MediaFiles.media(rendition.name())).bytes());
    MatchResult last = segments.getLast();
    assertThat(Long.parseLong(last.group(2)) + Long.parseLong(last.group(3)))
        .isLessThanOrEqualTo(rendition.bytes());
    double average = bytes * 8 / sum;
    assertThat((double) rendition.averageBandwidth()).isBetween(average, average * 1.6 + 4_000);
    assertThat(rendition.bandwidth()).isGreaterThanOrEqualTo(rendition.averageBandwidth());
    checkCodec(rendition, stream);
  }

  private static void checkCodec(Rendition rendition, JsonNode stream) {
    if (rendition.isSound()) {
      assertThat(rendition.codecs()).isEqualTo("mp4a.40.2");
      assertThat(stream.path("codec_name").asText()).isEqualTo("aac");
      return;
    }
    String profile =
        switch (stream.path("profile").asText()) {
          case "High" -> "64";
          case "Main" -> "4d";
          default -> "42";
        };
    assertThat(rendition.codecs())
        .startsWith("avc1." + profile)
        .endsWith("%02x".formatted(stream.path("level").asInt()));
  }

  private void checkMaster(Made made) {
    String master = text(MediaFiles.MASTER);
    long sound =
        made.renditions().stream().filter(Rendition::isSound).mapToLong(Rendition::bandwidth).sum();
    List<Rendition> pictures = made.renditions().stream().filter(r -> !r.isSound()).toList();
    for (Rendition picture : pictures) {
      assertThat(master)
          .contains("BANDWIDTH=" + (picture.bandwidth() + sound) + ",")
          .contains("RESOLUTION=" + picture.width() + "x" + picture.height())
          .contains(picture.codecs());
    }
    if (pictures.isEmpty()) {
      assertThat(master).contains("BANDWIDTH=" + sound + ",").contains("\naudio.m3u8\n");
    }
  }

  private String keyFrames(Rendition rendition) {
    var arguments =
        new ArrayList<>(
            List.of(
                "-v",
                "error",
                "-skip_frame",
                "nokey",
                "-show_entries",
                "frame=pts_time",
                "-of",
                "csv=p=0"));
    arguments.add(MediaFiles.media(rendition.name()));
    return ffmpeg.probe(folder, arguments, LIMITS).output();
  }

  /// What ffprobe says of a file.
  JsonNode probe(String file, String entries) {
    try {
      return Json.mapper()
          .readTree(
              ffmpeg
                  .probe(
                      folder,
                      List.of("-v", "error", "-show_entries", entries, "-of", "json", file),
                      LIMITS)
                  .output());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sizes of all pictures.
  Stream<String> sizes() {
    return names().stream()
        .filter(name -> name.endsWith(".webp") || name.endsWith(".jpg"))
        .filter(name -> !name.equals(MediaFiles.PREVIEW))
        .map(name -> {
          JsonNode stream = probe(name, "stream=width,height").path("streams").path(0);
          return name + " " + stream.path("width").asInt() + "x" + stream.path("height").asInt();
        });
  }
}
