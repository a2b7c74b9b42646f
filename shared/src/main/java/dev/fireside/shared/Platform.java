package dev.fireside.shared;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.gax.retrying.RetrySettings;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.FirestoreOptions;
import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.auth.FirebaseAuth;
import com.google.firebase.internal.EmulatorCredentials;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.auth.Tokens;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.limits.RateLimits;
import dev.fireside.shared.realtime.RealtimeDatabases;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Documents;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a function is built from: its settings, its clock, and clients made on first use and shared
/// by all functions of the process.
///
/// A function's public constructor takes [#current]; its other one takes a platform, for tests.
public final class Platform implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Platform.class);
  private static final ScopedValue<Platform> BOUND = ScopedValue.newInstance();

  /// A call is tried once by the client, which would not stop when nobody waits any more: further
  /// attempts are made above it. The delays are those between the attempts of a transaction.
  private static final RetrySettings RETRIES =
      RetrySettings.newBuilder()
          .setMaxAttempts(1)
          .setInitialRetryDelayDuration(Duration.ofMillis(50))
          .setRetryDelayMultiplier(1.6)
          .setMaxRetryDelayDuration(Duration.ofSeconds(2))
          .setInitialRpcTimeoutDuration(Duration.ofSeconds(10))
          .setRpcTimeoutMultiplier(1)
          .setMaxRpcTimeoutDuration(Duration.ofSeconds(10))
          .setTotalTimeoutDuration(Duration.ofSeconds(15))
          .build();

  private static final Duration AUTH_CONNECT_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration AUTH_ANSWER_TIMEOUT = Duration.ofSeconds(5);

  private final Config config;
  private final Clock clock;
  private final Ids ids;
  private final MeterRegistry meters;
  private final Map<Class<?>, AutoCloseable> clients = new ConcurrentHashMap<>();
  private final Deque<AutoCloseable> closing = new ArrayDeque<>();
  private final Supplier<Redis> redis;
  private final Supplier<Documents> documents;
  private final Supplier<FirebaseAuth> firebaseAuth;
  private final Supplier<Topics> topics;
  private final Supplier<Accounts> accounts;
  private final Supplier<Tokens> tokens;
  private final Supplier<RateLimits> rateLimits;
  private final Supplier<RealtimeDatabases> realtime;

  public Platform(Config config, Clock clock) {
    this(config, clock, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /// A platform that reports to the given registry.
  public Platform(Config config, Clock clock, MeterRegistry meters) {
    this.config = config;
    this.clock = clock;
    this.meters = meters;
    this.ids = new Ids(clock);
    this.redis = lazily(() -> closed(Redis.connect(config, meters)));
    this.documents =
        lazily(() -> new Documents(closed(firestore()), config.load().firestoreCalls(), meters));
    this.firebaseAuth = lazily(this::connectAuth);
    this.topics = lazily(() -> closed(new Topics(config, meters)));
    this.accounts = lazily(() -> new Accounts(firebaseAuth(), redis(), meters, clock));
    // A token states Google's time, whatever our clock says.
    this.tokens = lazily(() -> new Tokens(firebaseAuth(), accounts(), redis(), Clock.systemUTC()));
    this.rateLimits = lazily(() -> new RateLimits(redis(), clock));
    this.realtime = lazily(() -> closed(RealtimeDatabases.connect(config, meters)));
  }

  /// The platform that functions made here and now belong to: the one bound by [#callBound], else
  /// that of the process, made from its environment.
  public static Platform current() {
    return BOUND.isBound() ? BOUND.get() : OfProcess.PLATFORM;
  }

  /// Makes functions that belong to this platform and not to the process's.
  public <T> T callBound(Callable<T> construction) throws Exception {
    return ScopedValue.where(BOUND, this).call(construction::call);
  }

  public Config config() {
    return config;
  }

  public Clock clock() {
    return clock;
  }

  public Ids ids() {
    return ids;
  }

  public MeterRegistry meters() {
    return meters;
  }

  public Redis redis() {
    return redis.get();
  }

  public Documents documents() {
    return documents.get();
  }

  public Topics topics() {
    return topics.get();
  }

  public Accounts accounts() {
    return accounts.get();
  }

  public Tokens tokens() {
    return tokens.get();
  }

  public RateLimits rateLimits() {
    return rateLimits.get();
  }

  public RealtimeDatabases realtime() {
    return realtime.get();
  }

  /// The client of a library, made once for all functions of the process and closed with it.
  ///
  /// @param type which client; each has one type
  public <T extends AutoCloseable> T client(Class<T> type, Function<Platform, T> make) {
    return type.cast(clients.computeIfAbsent(type, _ -> closed(make.apply(this))));
  }

  /// A cache of values of one kind: see [Cache#Cache].
  public <V> Cache<V> cache(String name, Class<V> type, Duration ttl, Duration freshFor) {
    return new Cache<>(redis(), meters, clock, name, type, ttl, freshFor);
  }

  /// Opens what the first request would wait for, all at once and on threads of their own: Redis,
  /// Firestore, and the keys that tokens are verified with. What cannot be opened is reported by
  /// the request that needs it.
  public void open() {
    inBackground("open-firestore", () -> documents().connect());
    inBackground("open-redis", () -> redis().connect());
    inBackground("open-tokens", () -> tokens().fetchKeys(config.projectId()));
  }

  private static void inBackground(String name, Runnable work) {
    Thread.ofPlatform()
        .name(name)
        .daemon()
        .start(() -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            log.debug("{} failed", name, e);
          }
        });
  }

  private Supplier<FirebaseAuth> firebaseAuth() {
    return firebaseAuth;
  }

  private Firestore firestore() {
    var options =
        FirestoreOptions.newBuilder().setProjectId(config.projectId()).setRetrySettings(RETRIES);
    if (config.firestoreEmulator() != null) {
      options.setEmulatorHost(config.firestoreEmulator());
      // It would set these itself, after it has looked for real ones on this machine and in the
      // network.
      options.setCredentials(new FirestoreOptions.EmulatorCredentials());
    }
    return options.build().getService();
  }

  private FirebaseAuth connectAuth() {
    GoogleCredentials credentials;
    try {
      // The emulators take this token as that of the owner; the Admin SDK finds the emulator by
      // FIREBASE_AUTH_EMULATOR_HOST itself.
      credentials =
          config.authEmulator() == null
              ? GoogleCredentials.getApplicationDefault()
              : new EmulatorCredentials();
    } catch (IOException e) {
      throw new UncheckedIOException("There are no Google credentials to be found", e);
    }
    // Tests have several projects, and a name is taken for the life of the process.
    String name = "fireside-" + config.projectId() + "-" + System.identityHashCode(this);
    FirebaseApp app =
        FirebaseApp.initializeApp(
            FirebaseOptions.builder()
                .setProjectId(config.projectId())
                .setCredentials(credentials)
                // The default one reads all certificates of the system when it is made, though
                // most processes never call: the states of accounts are in Redis.
                .setHttpTransport(new NetHttpTransport())
                // Without these it waits for ever.
                .setConnectTimeout((int) AUTH_CONNECT_TIMEOUT.toMillis())
                .setReadTimeout((int) AUTH_ANSWER_TIMEOUT.toMillis())
                .build(),
            name);
    synchronized (closing) {
      closing.push(app::delete);
    }
    return FirebaseAuth.getInstance(app);
  }

  private <T extends AutoCloseable> T closed(T client) {
    synchronized (closing) {
      closing.push(client);
    }
    return client;
  }

  private static <T> Supplier<T> lazily(Supplier<T> make) {
    return new Lazy<>(make);
  }

  /// Closes every client that was made.
  @Override
  public void close() {
    synchronized (closing) {
      while (!closing.isEmpty()) {
        try {
          closing.pop().close();
        } catch (Exception e) {
          log.warn("A client could not be closed", e);
        }
      }
    }
  }

  private static final class OfProcess {
    static final Platform PLATFORM = new Platform(Config.fromEnvironment(), Clock.systemUTC());
  }

  /// A value made once, on first use, by whoever comes first.
  private static final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> make;
    private volatile @org.jspecify.annotations.Nullable T value;

    Lazy(Supplier<T> make) {
      this.make = make;
    }

    @Override
    public T get() {
      T made = value;
      if (made == null) {
        synchronized (this) {
          made = value;
          if (made == null) {
            made = make.get();
            value = made;
          }
        }
      }
      return made;
    }
  }
}
