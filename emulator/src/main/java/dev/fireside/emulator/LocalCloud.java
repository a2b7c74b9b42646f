package dev.fireside.emulator;

import com.google.firebase.internal.FirebaseProcessEnvironment;
import dev.fireside.emulator.events.EventReceiver;
import dev.fireside.emulator.events.EventSink;
import dev.fireside.emulator.events.FirestoreSource;
import dev.fireside.emulator.events.PostedEvents;
import dev.fireside.emulator.events.WatchedEvents;
import dev.fireside.emulator.process.FirestoreEmulator;
import dev.fireside.emulator.process.PubSubEmulator;
import dev.fireside.emulator.process.RedisProcess;
import dev.fireside.emulator.process.StartUpException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The services that functions lean on, on this machine: Redis, Firestore, Pub/Sub, Firebase Auth,
/// the Realtime Database and Cloud Storage. One of them serves any number of [LocalProject]s.
///
/// Where the environment names the address of an emulator that runs already, that one is used and
/// not ours.
public final class LocalCloud implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  private final Closing closing;
  private final HttpClient http;
  private final EventReceiver receiver;
  private final RedisProcess redis;
  private final String firestore;
  private final boolean ownFirestore;
  private final String pubsub;
  private final LocalAuth auth;
  private final LocalDatabase database;
  private final LocalStorage storage;
  private final LocalJobs jobs;

  private LocalCloud(CloudOptions options, Closing closing) throws IOException {
    this.closing = closing;
    this.http =
        closing.add(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build());
    this.receiver = closing.add(EventReceiver.start());
    this.auth = closing.add(auth(options));
    this.database = closing.add(database(options));
    this.ownFirestore = !options.runsAlready("FIRESTORE_EMULATOR_HOST");
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var redisStart = start(executor, () -> closing.add(RedisProcess.start(options.redisPort())));
      var firestoreStart =
          start(
              executor,
              () -> address(options.running("FIRESTORE_EMULATOR_HOST"), () -> firestore(options)));
      var pubsubStart =
          start(
              executor,
              () -> address(options.running("PUBSUB_EMULATOR_HOST"), () -> pubsub(options)));
      this.redis = redisStart.join();
      this.firestore = firestoreStart.join();
      this.pubsub = pubsubStart.join();
    }
    this.storage = closing.add(LocalStorage.start(options.storage(), firestore, http));
    this.jobs = closing.add(LocalJobs.start());
  }

  private LocalCloud(LocalCloud other, Closing closing) {
    this.closing = closing;
    this.http = other.http;
    this.receiver = other.receiver;
    this.auth = other.auth;
    this.database = other.database;
    this.storage = other.storage;
    this.jobs = other.jobs;
    this.firestore = other.firestore;
    this.ownFirestore = other.ownFirestore;
    this.pubsub = other.pubsub;
    this.redis = closing.add(RedisProcess.start());
  }

  /// The same services beside a Redis that nobody else has: it can be killed while others work. It
  /// ends with what this returns, the other services with this cloud.
  public LocalCloud withOwnRedis() {
    return new LocalCloud(this, new Closing());
  }

  /// Starts all that does not run yet, at once. Throws [StartUpException], which says what to do,
  /// when a service does not start.
  public static LocalCloud start(CloudOptions options) {
    var closing = new Closing();
    try {
      return new LocalCloud(options, closing);
    } catch (CompletionException e) {
      closing.close();
      throw e.getCause() instanceof StartUpException cause ? cause : e;
    } catch (IOException e) {
      closing.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  private static <T> CompletableFuture<T> start(ExecutorService executor, Supplier<T> service) {
    return CompletableFuture.supplyAsync(service, executor);
  }

  private static String address(@Nullable String running, Supplier<String> own) {
    return running == null ? own.get() : running;
  }

  private String firestore(CloudOptions options) {
    return closing
        .add(FirestoreEmulator.start(options.firestorePort(), options.rules(), receiver.address()))
        .address();
  }

  private LocalAuth auth(CloudOptions options) {
    String running = options.running("FIREBASE_AUTH_EMULATOR_HOST");
    return running == null
        ? LocalAuth.start(options.authPort(), options.project(), http)
        : LocalAuth.external(running, http);
  }

  private LocalDatabase database(CloudOptions options) {
    String running = options.running("FIREBASE_DATABASE_EMULATOR_HOST");
    return running == null
        ? LocalDatabase.start(options.database(), options.project(), http)
        : LocalDatabase.external(running, http);
  }

  private String pubsub(CloudOptions options) {
    return closing.add(PubSubEmulator.start(options.pubsubPort())).address();
  }

  /// Redis, to be killed and restarted too.
  public RedisProcess redis() {
    return redis;
  }

  /// `host:port` of the Firestore emulator.
  public String firestoreAddress() {
    return firestore;
  }

  /// `host:port` of the Pub/Sub emulator.
  public String pubsubAddress() {
    return pubsub;
  }

  /// Firebase Auth.
  public LocalAuth auth() {
    return auth;
  }

  /// The Realtime Database.
  public LocalDatabase database() {
    return database;
  }

  /// Cloud Storage.
  public LocalStorage storage() {
    return storage;
  }

  /// Cloud Run's jobs.
  public LocalJobs jobs() {
    return jobs;
  }

  HttpClient http() {
    return http;
  }

  /// Has the Admin SDK call this cloud's services from now on: it looks for the variables by
  /// itself, and a process cannot set its own.
  void bindAdminSdk() {
    FirebaseProcessEnvironment.setenv("FIREBASE_AUTH_EMULATOR_HOST", auth.address());
    FirebaseProcessEnvironment.setenv("FIREBASE_DATABASE_EMULATOR_HOST", database.address());
  }

  /// The events of a project's documents, on their way to `sink` once the source is started.
  FirestoreSource documentEvents(String projectId, EventSink sink) {
    return ownFirestore
        ? new PostedEvents(firestore, projectId, receiver, sink)
        : new WatchedEvents(firestore, projectId, sink);
  }

  /// Ends all that was started, processes too.
  @Override
  public void close() {
    closing.close();
  }
}
