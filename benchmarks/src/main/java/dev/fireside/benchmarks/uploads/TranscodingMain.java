package dev.fireside.benchmarks.uploads;

import dev.fireside.emulator.CloudOptions;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.emulator.process.JavaProcess;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.Jobs;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.NewObject;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.Platform;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.domain.Ladder;
import dev.fireside.transcoder.domain.Loudness;
import dev.fireside.transcoder.encoding.Pictures;
import dev.fireside.transcoder.encoding.Sound;
import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import dev.fireside.transcoder.ffmpeg.Installation;
import dev.fireside.transcoder.ffmpeg.Limits;
import dev.fireside.transcoder.ffmpeg.Prober;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A job of the transcoder beside ffmpeg alone with the same ladder: one decoding, every quality
/// and the sound, and nothing else.
public final class TranscodingMain {
  private static final Limits LIMITS = new Limits(Duration.ofHours(1), 16L << 30, 16L << 30, 2);
  private static final Duration JOB_LIMIT = Duration.ofHours(1);
  private static final String USAGE =
      """
      ./benchmarks/uploads --transcoding [--seconds N] [--size WxH] [--rounds N]
        --seconds  length of the clip (default 30)
        --size     of its picture (default 1920x1080)
        --rounds   pairs that are measured (default 3)
      """;

  private final Path folder;
  private final Ffmpeg ffmpeg;
  private final Clip clip;

  private TranscodingMain(Path folder, Ffmpeg ffmpeg, int seconds, String size) {
    this.folder = folder;
    this.ffmpeg = ffmpeg;
    ffmpeg.convert(
        folder,
        List.of(
            "-v",
            "error",
            "-f",
            "lavfi",
            "-i",
            "testsrc2=s=" + size + ":r=30:d=" + seconds,
            "-f",
            "lavfi",
            "-i",
            "anoisesrc=r=48000:a=0.1:d=" + seconds,
            "-c:v",
            "libopenh264",
            "-b:v",
            "8M",
            "-c:a",
            "aac",
            "-f",
            "mp4",
            "source"),
        LIMITS,
        _ -> {});
    this.clip = new Prober(ffmpeg).clip(folder, "source").orElseThrow();
  }

  /// What a run took.
  private record Taken(double wall, double cpu) {}

  /// Measures, and prints what came out.
  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = options(arguments);
    Path folder = Files.createTempDirectory("fireside-transcoding");
    var installation = Installation.bundled(folder.resolve("cache"));
    try (var ffmpeg = new Ffmpeg(installation);
        LocalCloud cloud = LocalCloud.start(CloudOptions.onFreePorts());
        LocalProject project =
            LocalProject.start(
                cloud,
                new ProjectOptions(
                    "demo-transcoding",
                    "",
                    0,
                    List.of(),
                    List.of(),
                    Map.of(),
                    RetryPolicy.LOCAL,
                    false),
                new LocalClock())) {
      int seconds = Integer.parseInt(options.getOrDefault("--seconds", "30"));
      var main =
          new TranscodingMain(folder, ffmpeg, seconds, options.getOrDefault("--size", "1920x1080"));
      int rounds = Integer.parseInt(options.getOrDefault("--rounds", "3"));
      var ratios = new ArrayList<Double>();
      for (int round = 1; round <= rounds; round++) {
        Taken plain = main.measured(main::plain);
        Taken ours = main.measured(() -> main.job(project.platform()));
        ratios.add(ours.cpu() / plain.cpu());
        System.out.printf(
            Locale.ROOT,
            "round %d: ffmpeg alone %.1f s (%.1f s of CPU), the job %.1f s (%.1f s of CPU):"
                + " time x%.2f, CPU x%.2f%n",
            round,
            plain.wall(),
            plain.cpu(),
            ours.wall(),
            ours.cpu(),
            ours.wall() / plain.wall(),
            ours.cpu() / plain.cpu());
      }
      ratios.sort(null);
      System.out.printf(Locale.ROOT, "CPU, median: x%.2f%n", ratios.get(ratios.size() / 2));
    }
    System.exit(0);
  }

  private static Map<String, String> options(String[] arguments) {
    var options = new HashMap<String, String>();
    for (int i = 0; i < arguments.length; i += 2) {
      if (!List.of("--seconds", "--size", "--rounds").contains(arguments[i])
          || i + 1 == arguments.length) {
        System.out.print(USAGE);
        System.exit(arguments[i].equals("--help") ? 0 : 2);
      }
      options.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  private interface Work {
    void run() throws Exception;
  }

  private Taken measured(Work work) throws Exception {
    double cpu = childrenSeconds();
    long start = System.nanoTime();
    work.run();
    double wall = (System.nanoTime() - start) / 1e9;
    return new Taken(wall, childrenSeconds() - cpu);
  }

  /// What ended children of this process took, theirs included: `cutime` and `cstime`.
  private static double childrenSeconds() throws IOException {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) / 100.0;
  }

  private void plain() {
    Clip.VideoTrack video = clip.video();
    Clip.AudioTrack audio = clip.audio();
    if (video == null || audio == null) {
      throw new IllegalStateException("No clip");
    }
    int threads = Runtime.getRuntime().availableProcessors();
    ffmpeg.convert(
        folder,
        Pictures.arguments("source", video, Ladder.of(video), null, ffmpeg.encoder(), threads),
        LIMITS,
        _ -> {});
    ffmpeg.convert(folder, Sound.arguments("source", audio, Loudness.UNKNOWN), LIMITS, _ -> {});
  }

  private void job(Platform platform) {
    String id = platform.ids().next();
    String source = "uploads/" + id;
    MediaStorage.of(platform)
        .uploads()
        .put(new NewObject(source, "video/mp4", ""), folder.resolve("source"));
    var store = new TranscodeStore(platform.documents());
    store.create(id, new TranscodeOrder.Video(source, null), Instant.now());
    var environment = new HashMap<>(platform.config().settings());
    environment.put(Jobs.TRANSCODE_ID, id);
    environment.put("TRANSCODE_SCRATCH", folder.resolve("scratch").toString());
    try (JavaProcess job =
        JavaProcess.start(
            "job-" + id, folder, "dev.fireside.transcoder.TranscoderJob", environment)) {
      job.await(JOB_LIMIT);
    }
    if (!(store.find(id).orElseThrow().state() instanceof TranscodeState.Done)) {
      throw new IllegalStateException("Not done: " + store.find(id));
    }
  }
}
