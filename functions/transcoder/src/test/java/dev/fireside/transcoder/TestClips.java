package dev.fireside.transcoder;

import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import dev.fireside.transcoder.ffmpeg.Installation;
import dev.fireside.transcoder.ffmpeg.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Clips that ffmpeg makes for tests, each once.
final class TestClips {
  static final Path CACHE = Path.of("target", "ffmpeg").toAbsolutePath();

  /// The ffmpeg that comes along.
  static final Installation INSTALLATION = Installation.bundled(CACHE);

  private static final Limits LIMITS = new Limits(Duration.ofMinutes(2), 8L << 30, 1L << 30, 2);
  private static final Ffmpeg FFMPEG = new Ffmpeg(INSTALLATION);
  private static final Path FOLDER = folder();
  private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

  private TestClips() {}

  private static Path folder() {
    try {
      return Files.createDirectories(CACHE.resolveSibling("clips"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A clip.
  ///
  /// @param name of its file, whose ending says which container it has
  /// @param arguments of ffmpeg, with blanks between
  static byte[] made(String name, String arguments) {
    return MADE.computeIfAbsent(name, _ -> make(name, arguments));
  }

  private static byte[] make(String name, String arguments) {
    var all = new ArrayList<>(List.of("-v", "error"));
    all.addAll(Arrays.asList(arguments.split(" ", -1)));
    all.add(name);
    FFMPEG.convert(FOLDER, all, LIMITS, _ -> {});
    try {
      return Files.readAllBytes(FOLDER.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The last messages of a run among the clips.
  static String said(String arguments) {
    return FFMPEG.convert(FOLDER, Arrays.asList(arguments.split(" ", -1)), LIMITS, _ -> {});
  }

  /// A clip with a moving picture and a tone.
  static byte[] ordinary() {
    return made("ordinary.mp4", picture("320x240", "30", 5) + tone(5, "mono") + H264);
  }

  static final String H264 = " -c:v libopenh264 -b:v 400k -g 30 -c:a aac -b:a 64k -shortest";

  static String picture(String size, String rate, int seconds) {
    return "-f lavfi -i testsrc2=s=" + size + ":r=" + rate + ":d=" + seconds;
  }

  static String tone(int seconds, String layout) {
    return " -f lavfi -i sine=f=440:r=48000:d=" + seconds + ",aformat=channel_layouts=" + layout;
  }
}
