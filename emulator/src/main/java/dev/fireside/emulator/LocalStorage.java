package dev.fireside.emulator;

import dev.fireside.emulator.events.EmulatorRest;
import dev.fireside.emulator.events.FirestoreJson;
import dev.fireside.emulator.process.Directories;
import dev.fireside.emulator.process.Ports;
import dev.fireside.emulator.storage.StorageOptions;
import dev.fireside.emulator.storage.StorageServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The Cloud Storage of a [LocalCloud]. Each project has a bucket of its own in it, as in Firebase.
public final class LocalStorage implements AutoCloseable {
  private static final String SUFFIX = ".firebasestorage.app";

  private final StorageServer server;
  private final Path folder;

  private LocalStorage(StorageServer server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /// @param firestore where rules read documents, `host:port`
  static LocalStorage start(CloudOptions.Storage options, String firestore, HttpClient http)
      throws IOException {
    int port = Ports.claim(options.port(), "Cloud Storage");
    Path folder = Directories.forChild("storage", port);
    var rest = new EmulatorRest(http, firestore);
    StorageServer server =
        StorageServer.start(
            new StorageOptions(
                port,
                folder,
                options.rules(),
                (bucket, path) -> document(rest, bucket, path),
                // As the tokens of the local Auth do.
                Clock.systemUTC(),
                (_, _) -> {}));
    return new LocalStorage(server, folder);
  }

  private static Optional<Map<String, @Nullable Object>> document(
      EmulatorRest rest, String bucket, String path) {
    return rest.find("/v1/projects/" + bucket.replace(SUFFIX, "") + path)
        .map(document -> FirestoreJson.fields(document.path("fields")));
  }

  /// The bucket of a project.
  public static String bucket(String projectId) {
    return projectId + SUFFIX;
  }

  /// `host:port`.
  public String address() {
    return server.address();
  }

  /// Makes a project's bucket.
  void add(String projectId) {
    try {
      server.buckets().create(bucket(projectId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes a project's objects.
  void reset(String projectId) {
    server.buckets().get(bucket(projectId)).clear();
  }

  @Override
  public void close() {
    server.close();
    Directories.remove(folder);
  }
}
