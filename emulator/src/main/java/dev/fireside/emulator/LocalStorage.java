package dev.fireside.emulator;

import dev.fireside.emulator.events.EmulatorRest;
import dev.fireside.emulator.events.FirestoreJson;
import dev.fireside.emulator.events.ObjectWrite;
import dev.fireside.emulator.process.Directories;
import dev.fireside.emulator.process.Ports;
import dev.fireside.emulator.process.StartUpException;
import dev.fireside.emulator.storage.StorageOptions;
import dev.fireside.emulator.storage.StorageServer;
import dev.fireside.emulator.storage.disk.ChangeListener;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.json.Resources;
import dev.fireside.emulator.storage.rules.RulesSyntaxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The Cloud Storage of a [LocalCloud]. Each project has three buckets of its own in it: the one of
/// Firebase's clients, one for uploads and one for media that is served.
public final class LocalStorage implements AutoCloseable {
  private static final String UPLOADS = "uploads";
  private static final String MEDIA = "media";

  private final StorageServer server;
  private final Path folder;
  private final EmulatorRest firestore;
  private final CompletableFuture<KeyPair> signing =
      CompletableFuture.supplyAsync(LocalStorage::key);

  /// By name.
  private final Map<String, Owned> buckets = new ConcurrentHashMap<>();

  /// A project's bucket.
  ///
  /// @param use how triggers name it
  private record Owned(String projectId, String use, Consumer<ObjectWrite> listener) {}

  private LocalStorage(CloudOptions.Storage options, EmulatorRest firestore) throws IOException {
    int port = Ports.claim(options.port(), "Cloud Storage");
    this.firestore = firestore;
    this.folder = Directories.forChild("storage", port);
    this.server =
        StorageServer.start(
            new StorageOptions(
                port,
                folder,
                options.rules(),
                this::document,
                // As the tokens of the local Auth do.
                Clock.systemUTC(),
                this::changed));
  }

  /// @param firestore where rules read documents, `host:port`
  static LocalStorage start(CloudOptions.Storage options, String firestore, HttpClient http)
      throws IOException {
    try {
      return new LocalStorage(options, new EmulatorRest(http, firestore));
    } catch (RulesSyntaxException e) {
      throw new StartUpException(options.rules() + " has a mistake. " + e.getMessage(), e);
    }
  }

  private static KeyPair key() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<Map<String, @Nullable Object>> document(String bucket, String path) {
    Owned owned = buckets.get(bucket);
    return owned == null
        ? Optional.empty()
        : firestore
            .find("/v1/projects/" + owned.projectId() + path)
            .map(document -> FirestoreJson.fields(document.path("fields")));
  }

  private void changed(ChangeListener.Kind kind, StoredObject object) {
    Owned owned = buckets.get(object.bucket());
    if (owned != null) {
      var resource = Resources.object(object, url());
      owned.listener().accept(new ObjectWrite(owned.use(), kind.event(), resource, Instant.now()));
    }
  }

  /// The bucket of Firebase's clients.
  public static String bucket(String projectId) {
    return projectId + ".firebasestorage.app";
  }

  private static String bucket(String projectId, String use) {
    return projectId + "-" + use;
  }

  private static List<String> bucketsOf(String projectId) {
    return List.of(bucket(projectId), bucket(projectId, UPLOADS), bucket(projectId, MEDIA));
  }

  private static String signer(String projectId) {
    return "fireside@" + projectId + ".iam.gserviceaccount.com";
  }

  /// `host:port`.
  public String address() {
    return server.address();
  }

  private String url() {
    return "http://" + server.address();
  }

  /// The settings by which functions of a project find it.
  Map<String, String> variables(String projectId) {
    byte[] key = signing.join().getPrivate().getEncoded();
    return Map.of(
        "STORAGE_EMULATOR_HOST", url(),
        "MEDIA_UPLOAD_BUCKET", bucket(projectId, UPLOADS),
        "MEDIA_BUCKET", bucket(projectId, MEDIA),
        "MEDIA_SIGNING_ACCOUNT", signer(projectId),
        "MEDIA_SIGNING_KEY", Base64.getEncoder().encodeToString(key));
  }

  /// Lets everybody read the objects of a bucket.
  public void open(String bucket) {
    server.open(bucket);
  }

  /// Makes a project's buckets, has what its functions sign count, and `listener` learn of every
  /// change of an object.
  void add(String projectId, Consumer<ObjectWrite> listener) {
    buckets.put(bucket(projectId), new Owned(projectId, "firebase", listener));
    for (String use : List.of(UPLOADS, MEDIA)) {
      buckets.put(bucket(projectId, use), new Owned(projectId, use, listener));
    }
    server.signingKeys().trust(signer(projectId), signing.join().getPublic());
    try {
      for (String bucket : bucketsOf(projectId)) {
        server.buckets().create(bucket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes a project's objects, and ends its uploads.
  void reset(String projectId) {
    try {
      for (String bucket : bucketsOf(projectId)) {
        server.buckets().clear(bucket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Deletes what [#add] made.
  void remove(String projectId) {
    reset(projectId);
    try {
      for (String bucket : bucketsOf(projectId)) {
        server.buckets().delete(bucket);
        buckets.remove(bucket);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    Directories.remove(folder);
  }
}
