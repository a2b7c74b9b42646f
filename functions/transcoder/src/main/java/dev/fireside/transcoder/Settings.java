package dev.fireside.transcoder;

import dev.fireside.shared.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What the job is set to.
///
/// @param scratch where it keeps files while it works
/// @param scratchBytes that one execution may take there
/// @param durationMax of a clip
/// @param threads of ffmpeg
/// @param memoryBytes of the address space of ffmpeg
/// @param ffmpeg another ffmpeg than the one that comes along; null for that one
/// @param encoder of H.264, where another ffmpeg is used
record Settings(
    Path scratch,
    long scratchBytes,
    Duration durationMax,
    int threads,
    long memoryBytes,
    @Nullable Path ffmpeg,
    String encoder) {
  private static final long MIB = 1024 * 1024;
  private static final int THREADS_MAX = 16;

  static Settings of(Config config) {
    int cores = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, THREADS_MAX);
    return new Settings(
        Path.of(
            config
                .text("TRANSCODE_SCRATCH")
                .orElse(System.getProperty("java.io.tmpdir") + "/fireside-transcoder")),
        config.number("TRANSCODE_SCRATCH_MIB", 12_288, 64, 1_048_576) * MIB,
        config.duration("TRANSCODE_DURATION_MAX", Duration.ofHours(4)),
        config.number("TRANSCODE_THREADS", cores, 1, THREADS_MAX),
        config.number("TRANSCODE_MEMORY_MIB", 6_144, 512, 262_144) * MIB,
        config.text("TRANSCODE_FFMPEG").map(Path::of).orElse(null),
        config.text("TRANSCODE_ENCODER").orElse("libx264"));
  }
}
