package dev.fireside.emulator.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// Where the local cloud keeps its files.
public final class Directories {
  private Directories() {}

  /// An empty working directory for one child: under `target` in a Maven module, else under the
  /// system's temporary directory.
  public static Path forChild(String service, int port) {
    Path target = Path.of("target").toAbsolutePath();
    Path base =
        Files.isDirectory(target)
            ? target.resolve("local-cloud")
            : temporary("fireside-" + System.getProperty("user.name"));
    Path directory = base.resolve(service + "-" + port);
    try {
      empty(directory);
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new StartUpException("cannot write to " + directory, e);
    }
  }

  /// The user's directory for what is downloaded or unpacked once.
  static Path cache() {
    return cache(System.getenv(), Path.of(System.getProperty("user.home")));
  }

  static Path cache(Map<String, String> environment, Path home) {
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    Path base = xdg.isEmpty() ? home.resolve(".cache") : Path.of(xdg);
    try {
      return Files.createDirectories(base.resolve("fireside"));
    } catch (IOException e) {
      // A build container often has no home that can be written to. Programs are run from here, so
      // the name must not be one that another user could have made first.
      return privateTemporary();
    }
  }

  /// Deletes a directory with all that is in it.
  public static void remove(Path directory) {
    try {
      empty(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + directory, e);
    }
  }

  static void empty(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private static Path privateTemporary() {
    try {
      return Files.createTempDirectory("fireside-cache-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path temporary(String name) {
    try {
      return Files.createDirectories(Path.of(System.getProperty("java.io.tmpdir"), name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
