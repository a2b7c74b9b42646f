package dev.fireside.emulator.process;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/// Finds a Redis server to run: the system's, else the one packed into the embedded-redis library.
final class RedisBinary {
  private static final List<String> USUAL_PLACES =
      List.of("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin");

  private RedisBinary() {}

  static Path find() {
    String path = System.getenv().getOrDefault("PATH", "");
    return find(path, USUAL_PLACES, Directories.cache());
  }

  static Path find(String searchPath, List<String> usualPlaces, Path cache) {
    List<String> folders =
        new ArrayList<>(Pattern.compile(File.pathSeparator).splitAsStream(searchPath).toList());
    folders.addAll(usualPlaces);
    String name = ChildProcess.WINDOWS ? "redis-server.exe" : "redis-server";
    return folders.stream()
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(() -> unpack(cache));
  }

  private static Path unpack(Path cache) {
    OsArchitecture here = OsArchitecture.detectOSandArchitecture();
    String resource = ExecutableProvider.newProvidedVersionsMap().get(here);
    if (resource == null) {
      throw new StartUpException(
          "Redis cannot start: no redis-server on the PATH, and none is packed for this machine (%s %s). Install Redis."
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }
    Path binary = cache.resolve(Path.of(resource).getFileName().toString());
    if (Files.isExecutable(binary)) {
      return binary;
    }
    try (InputStream packed = ExecutableProvider.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new StartUpException("Redis cannot start: " + resource + " is not on the classpath");
      }
      // Moved into place when whole, because several test JVMs may unpack at the same time.
      Path part = Files.createTempFile(cache, "redis-server", ".part");
      Files.copy(packed, part, StandardCopyOption.REPLACE_EXISTING);
      if (!part.toFile().setExecutable(true)) {
        throw new StartUpException("Redis cannot start: " + part + " cannot be made executable");
      }
      return Files.move(part, binary, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new StartUpException("Redis cannot start: " + binary + " cannot be written", e);
    }
  }
}
