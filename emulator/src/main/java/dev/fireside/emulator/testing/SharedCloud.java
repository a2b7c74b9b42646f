package dev.fireside.emulator.testing;

import dev.fireside.emulator.CloudOptions;
import dev.fireside.emulator.LocalCloud;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The one cloud of a test JVM. JUnit closes it when all tests are over.
final class SharedCloud implements AutoCloseable {
  // java.util.logging forgets loggers nobody holds, and their levels with them.
  private static final Logger ACCESS = Logger.getLogger("access");
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  final HttpClient http = HttpClient.newHttpClient();
  final LocalCloud cloud;

  SharedCloud() {
    // The report is to show what failed, not every call.
    ACCESS.setLevel(Level.WARNING);
    GRPC.setLevel(Level.WARNING);
    cloud =
        LocalCloud.start(
            new CloudOptions(
                0,
                0,
                0,
                0,
                new CloudOptions.Database(0, rules("database.rules.json"), null, null),
                new CloudOptions.Storage(0, rules("storage.rules")),
                null,
                CloudOptions.DEFAULT_PROJECT,
                Map.of()));
  }

  /// A file of the project that holds the module; null where there is none.
  private static @Nullable Path rules(String name) {
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    return null;
  }

  @Override
  public void close() {
    http.close();
    cloud.close();
  }
}
