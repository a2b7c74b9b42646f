package dev.fireside.benchmarks.uploads;

import dev.fireside.emulator.storage.StorageOptions;
import dev.fireside.emulator.storage.StorageServer;
import dev.fireside.emulator.storage.rules.Documents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/// A Cloud Storage in a process of its own, on the folder of its argument. It prints its address,
/// and ends with its input.
final class StorageMain {
  static final String BUCKET = "demo-uploads";

  private StorageMain() {}

  public static void main(String[] args) throws IOException {
    var options =
        new StorageOptions(
            0, Path.of(args[0]), null, Documents.NONE, Clock.systemUTC(), (_, _) -> {});
    try (var server = StorageServer.start(options)) {
      server.buckets().create(BUCKET);
      System.out.println(server.address());
      while (System.in.read() >= 0) {
        // Until it ends.
      }
    }
  }
}
