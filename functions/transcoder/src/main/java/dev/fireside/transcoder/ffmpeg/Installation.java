package dev.fireside.transcoder.ffmpeg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/// Where ffmpeg and ffprobe are.
///
/// @param ffmpeg its executable
/// @param ffprobe its executable
/// @param libraries where the libraries of both are; null where the system finds them
/// @param encoder its encoder of H.264, such as `libopenh264`
public record Installation(
    Path ffmpeg, Path ffprobe, @org.jspecify.annotations.Nullable Path libraries, String encoder) {
  private static final String BUNDLED_ENCODER = "libopenh264";

  /// Libraries of the desktop (sound, windows) that the bundled ffmpeg on Linux is linked against
  /// and no server has. It calls them only to record a screen or a microphone, which nobody does
  /// here: a library without their functions takes their place.
  private static final List<String> UNUSED =
      List.of("libpulse.so.0", "libasound.so.2", "libxcb.so.1", "libxcb-shm.so.0");

  private static final String STAND_IN = "libdrm.so.2";

  /// An ffmpeg of the machine, with its ffprobe beside it. Throws [IllegalStateException] where one
  /// is missing.
  public static Installation of(Path ffmpeg, String encoder) {
    Path ffprobe =
        ffmpeg.resolveSibling(ffmpeg.getFileName().toString().replace("ffmpeg", "ffprobe"));
    for (Path needed : List.of(ffmpeg, ffprobe)) {
      if (!Files.isExecutable(needed)) {
        throw new IllegalStateException(
            "There is no program " + needed + ": see TRANSCODE_FFMPEG in docs/configuration.md");
      }
    }
    return new Installation(ffmpeg, ffprobe, null, encoder);
  }

  /// The ffmpeg of the Maven artifact, unpacked into `cache` unless it is there already. Several
  /// processes may do so at once. Throws [IllegalStateException] where there is none for this kind
  /// of machine.
  public static Installation bundled(Path cache) {
    String prefix = "org/bytedeco/ffmpeg/" + platform() + "/";
    String program = WINDOWS ? "ffmpeg.exe" : "ffmpeg";
    URL resource = Installation.class.getClassLoader().getResource(prefix + program);
    if (resource == null) {
      throw new IllegalStateException(
          "No ffmpeg for "
              + platform()
              + " is on the class path: name one in TRANSCODE_FFMPEG, see docs/configuration.md");
    }
    try {
      var jar = (JarURLConnection) resource.openConnection();
      Path folder = unpacked(jar, prefix, cache);
      return new Installation(
          folder.resolve(program),
          folder.resolve(program.replace("ffmpeg", "ffprobe")),
          folder,
          BUNDLED_ENCODER);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot unpack ffmpeg into " + cache, e);
    }
  }

  private static final String OS = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
  private static final boolean WINDOWS = OS.startsWith("windows");

  /// As the artifact's classifiers name it.
  private static String platform() {
    String system = WINDOWS ? "windows" : OS.startsWith("mac") ? "macosx" : "linux";
    String architecture =
        switch (System.getProperty("os.arch", "")) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm64";
          default -> System.getProperty("os.arch", "");
        };
    return system + "-" + architecture;
  }

  /// The folder is named after the jar, and appears with all that is in it or not at all.
  private static Path unpacked(JarURLConnection connection, String prefix, Path cache)
      throws IOException {
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      String name = Path.of(jar.getName()).getFileName().toString().replaceFirst("\\.jar$", "");
      Path folder = cache.resolve(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
      Files.createDirectories(cache);
      Path staging = Files.createTempDirectory(cache, name + "-");
      try {
        for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
          if (entry.getName().startsWith(prefix) && !entry.getName().contains("libjni")) {
            unpack(jar, entry, staging.resolve(entry.getName().substring(prefix.length())));
          }
        }
        standIns(staging);
        Files.move(staging, folder);
      } catch (FileAlreadyExistsException
          | DirectoryNotEmptyException
          | AtomicMoveNotSupportedException e) {
        // Another process was faster.
        if (!Files.isDirectory(folder)) {
          throw e;
        }
      } finally {
        remove(staging);
      }
      return folder;
    }
  }

  private static void unpack(JarFile jar, JarEntry entry, Path to) throws IOException {
    if (entry.isDirectory()) {
      return;
    }
    try (InputStream in = jar.getInputStream(entry)) {
      Files.copy(in, to);
    }
    if (!to.toFile().setExecutable(true)) {
      throw new IOException("Cannot make " + to + " executable");
    }
  }

  private static void standIns(Path folder) throws IOException {
    if (Files.exists(folder.resolve(STAND_IN))) {
      for (String unused : UNUSED) {
        Files.createSymbolicLink(folder.resolve(unused), Path.of(STAND_IN));
      }
    }
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> tree = Files.walk(folder)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /// Variables that a process of it needs, and none of ours.
  Map<String, String> variables() {
    String search = OS.startsWith("mac") ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
    return libraries == null || WINDOWS ? Map.of() : Map.of(search, libraries.toString());
  }
}
