package dev.fireside.transcoder;

import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import dev.fireside.transcoder.ffmpeg.FfmpegException;
import dev.fireside.transcoder.ffmpeg.Limits;
import dev.fireside.transcoder.ffmpeg.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleConsumer;

/// The folder of an execution, where ffmpeg works.
///
/// @param folder with the file that was sent, called [#SOURCE]
/// @param settings of the job
record Workroom(Path folder, Ffmpeg ffmpeg, Settings settings) {
  /// The file that was sent, whatever its sender called it.
  static final String SOURCE = "source";

  /// What a clip may take beside its own length: 4K on few cores.
  private static final int SLOWNESS_MAX = 60;

  private static final Duration TIME_MIN = Duration.ofMinutes(10);
  private static final long FILE_BYTES_MIN = 64L * 1024 * 1024;

  /// Runs ffmpeg.
  ///
  /// @param bitsPerSecond of each file that it writes, at most
  /// @return its last messages
  String run(Clip clip, List<String> arguments, long bitsPerSecond, DoubleConsumer progress) {
    double micros = Math.max(1, clip.duration().toNanos() / 1e3);
    try {
      return ffmpeg.convert(
          folder,
          arguments,
          limits(clip, bitsPerSecond),
          line ->
              Progress.micros(line).ifPresent(done -> progress.accept(Math.min(1, done / micros))));
    } catch (FfmpegException e) {
      throw failed(e);
    }
  }

  Limits limits(Clip clip, long bitsPerSecond) {
    Duration slow = clip.duration().multipliedBy(SLOWNESS_MAX);
    return new Limits(
        slow.compareTo(TIME_MIN) > 0 ? slow : TIME_MIN,
        settings.memoryBytes(),
        FILE_BYTES_MIN + 2 * bitsPerSecond / Byte.SIZE * clip.duration().toSeconds(),
        settings.threads());
  }

  /// What is the clip's fault fails for good; what is the machine's is thrown on, to be tried
  /// again.
  static RuntimeException failed(FfmpegException e) {
    String detail = String.valueOf(e.getMessage());
    return switch (e.kind()) {
      case STOPPED, KILLED -> e;
      case TOO_SLOW, TOO_MUCH -> new ClipException(TranscodeFailure.TOO_LARGE, detail);
      case FAILED -> {
        if (detail.contains("No space left") || detail.contains("Cannot allocate memory")) {
          yield e;
        }
        boolean unreadable =
            detail.contains("Decoder (codec") || detail.contains("no decoder found");
        yield new ClipException(
            unreadable ? TranscodeFailure.UNSUPPORTED : TranscodeFailure.DAMAGED, detail);
      }
    };
  }

  /// A file of the folder.
  Path file(String name) {
    return folder.resolve(name);
  }

  /// Deletes files that are served by now.
  void drop(List<String> names) {
    for (String name : names) {
      try {
        Files.deleteIfExists(file(name));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
