package dev.fireside.emulator.testing;

import dev.fireside.emulator.CloudOptions;
import dev.fireside.emulator.LocalCloud;
import java.net.http.HttpClient;
import java.util.logging.Level;
import java.util.logging.Logger;

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
    cloud = LocalCloud.start(CloudOptions.onFreePorts());
  }

  @Override
  public void close() {
    http.close();
    cloud.close();
  }
}
