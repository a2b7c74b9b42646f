package dev.fireside.emulator.storage;

import com.google.cloud.NoCredentials;
import com.google.cloud.storage.Storage;
import dev.fireside.emulator.storage.disk.ChangeListener;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.rules.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A server with a bucket, for each test a new one.
final class LocalStorage implements BeforeEachCallback, AfterEachCallback {
  static final String BUCKET = "demo-bucket";

  static final String RULES =
      """
      rules_version = '2';
      service firebase.storage {
        match /b/{bucket}/o {
          match /users/{uid}/{file=**} {
            allow get: if request.auth != null;
            allow list, delete: if request.auth.uid == uid;
            allow create, update:
              if request.auth.uid == uid
                && request.resource.size < 2 * 1024 * 1024
                && request.resource.contentType.matches('(image|text|application)/.*');
          }
          match /public/{file=**} {
            allow read;
          }
        }
      }
      """;

  private final List<String> changes = new CopyOnWriteArrayList<>();
  private final Path folder;
  private StorageServer server;
  private Clock clock = Clock.systemUTC();

  LocalStorage(Path folder) {
    this.folder = folder;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    start();
    server.buckets().clear();
    server.buckets().create(BUCKET);
    changes.clear();
  }

  private void start() throws IOException {
    start(RULES);
  }

  private void start(String text) throws IOException {
    Path rules = folder.resolve("storage.rules");
    Files.writeString(rules, text);
    server =
        StorageServer.start(
            new StorageOptions(
                0, folder.resolve("data"), rules, Documents.NONE, clock, this::changed));
  }

  private void changed(ChangeListener.Kind kind, StoredObject object) {
    changes.add(kind.event() + " " + object.name());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.close();
  }

  /// Stops the server and starts it on the same folder, at another port.
  void restart() throws IOException {
    server.close();
    start();
  }

  /// The same with other rules.
  void rules(String text) throws IOException {
    server.close();
    start(text);
  }

  void at(Clock other) throws IOException {
    clock = other;
    restart();
  }

  StorageServer server() {
    return server;
  }

  String base() {
    return "http://" + server.address();
  }

  /// What the server reported, `kind name`.
  List<String> changes() {
    return changes;
  }

  /// Google's client, as it is used against production.
  Storage client() {
    return com.google.cloud.storage.StorageOptions.newBuilder()
        .setProjectId("demo-fireside")
        .setHost(base())
        .setCredentials(NoCredentials.getInstance())
        .build()
        .getService();
  }
}
