package dev.fireside.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.events.DeadLetter;
import dev.fireside.emulator.events.EventHub;
import dev.fireside.emulator.events.EventQueue;
import dev.fireside.emulator.events.Faults;
import dev.fireside.emulator.events.FirestoreProject;
import dev.fireside.emulator.events.FirestoreSource;
import dev.fireside.emulator.events.HttpSender;
import dev.fireside.emulator.events.PubSubProject;
import dev.fireside.emulator.gateway.Forward;
import dev.fireside.emulator.gateway.Invocations;
import dev.fireside.emulator.gateway.LocalControls;
import dev.fireside.emulator.gateway.LocalRoutes;
import dev.fireside.emulator.schedule.Schedules;
import dev.fireside.runtime.FunctionServer;
import dev.fireside.runtime.ServerOptions;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.realtime.RealtimeDatabase;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;

/// A Google Cloud project on a [LocalCloud]: its functions behind one address, its triggers, topics
/// and schedules. Projects see nothing of each other.
public final class LocalProject implements AutoCloseable {
  private static final Duration RESET_LIMIT = Duration.ofMinutes(1);
  private static final long MANY_EVENTS = 2_000;

  private final Closing closing;
  private final LocalCloud cloud;
  private final ProjectOptions options;
  private final Platform platform;
  private final Faults faults = new Faults();
  private final LocalRedis redis;
  private final Invocations invocations;
  private final FunctionServer server;
  private final FirestoreProject firestore;
  private final EventHub events;
  private final FirestoreSource source;
  private final Schedules schedules;
  private final LocalClock clock;
  private final Settling settling;

  /// Held by whoever has events fall.
  private final Lock quiet = new ReentrantLock();

  private boolean manyDocuments;

  private LocalProject(
      LocalCloud cloud,
      ProjectOptions options,
      LocalClock clock,
      List<Handler.Singleton> inFront,
      Closing closing)
      throws IOException {
    this.closing = closing;
    this.cloud = cloud;
    this.options = options;
    this.clock = clock;
    // Here and not once for the cloud: tests may have named another server since.
    cloud.bindAdminSdk();
    this.platform = closing.add(new Platform(Config.from(variables(cloud, options)), clock));
    this.redis = new LocalRedis(cloud.redis(), platform);
    this.invocations = new Invocations(options.entryPoints());
    var routes = new LocalRoutes(new Controls());
    this.server =
        closing.add(
            FunctionServer.start(
                platform,
                options.entryPoints(),
                ServerOptions.local(options.port())
                    .withInFront(
                        Stream.concat(Stream.of(routes, invocations), inFront.stream())
                            .toArray(Handler.Singleton[]::new))));
    this.firestore =
        new FirestoreProject(cloud.http(), cloud.firestoreAddress(), options.projectId());
    this.events = new EventHub(options.projectId(), firestore, platform.meters());
    this.source = closing.add(cloud.documentEvents(options.projectId(), events));
    this.schedules = new Schedules(cloud.http(), server.baseUrl(), options.entryPoints(), clock);
    this.settling =
        new Settling(events, invocations, firestore, () -> cloud.jobs().unfinished(projectId()));
    connect();
  }

  /// Starts the functions and connects their triggers.
  ///
  /// Throws [dev.fireside.runtime.FunctionException] when a function cannot be made, and
  /// [IOException] when the port is taken.
  public static LocalProject start(LocalCloud cloud, ProjectOptions options, LocalClock clock)
      throws IOException {
    return start(cloud, options, clock, List.of());
  }

  /// Connects the triggers of functions that another process serves, with every function under its
  /// path and its name: requests and events are handed on to it.
  public static LocalProject servedBy(
      URI server, LocalCloud cloud, ProjectOptions options, LocalClock clock) throws IOException {
    return start(cloud, options, clock, List.of(new Forward(cloud.http(), server)));
  }

  private static LocalProject start(
      LocalCloud cloud, ProjectOptions options, LocalClock clock, List<Handler.Singleton> inFront)
      throws IOException {
    var closing = new Closing();
    try {
      return new LocalProject(cloud, options, clock, inFront, closing);
    } catch (IOException | RuntimeException e) {
      closing.close();
      throw e;
    }
  }

  /// The environment of a process that serves such a project.
  public static Map<String, String> variables(LocalCloud cloud, ProjectOptions options) {
    var variables = new HashMap<String, String>();
    variables.put("FIRESIDE_ENV", "local");
    variables.put("GOOGLE_CLOUD_PROJECT", options.projectId());
    variables.put("REDIS_URL", cloud.redis().uri().toString());
    variables.put("REDIS_KEY_PREFIX", options.redisKeyPrefix());
    variables.put("FIRESTORE_EMULATOR_HOST", cloud.firestoreAddress());
    variables.put("PUBSUB_EMULATOR_HOST", cloud.pubsubAddress());
    variables.put("FIREBASE_AUTH_EMULATOR_HOST", cloud.auth().address());
    variables.put("FIREBASE_DATABASE_EMULATOR_HOST", cloud.database().address());
    variables.put("FIREBASE_DATABASE_URLS", cloud.database().url(options.projectId()));
    variables.putAll(cloud.storage().variables(options.projectId()));
    variables.put("JOBS_EMULATOR_HOST", cloud.jobs().address());
    variables.putAll(options.variables());
    return variables;
  }

  private void connect() {
    ExecutorService deliveries = Executors.newVirtualThreadPerTaskExecutor();
    closing.add(deliveries::shutdownNow);
    var pubsub =
        new PubSubProject(cloud.http(), cloud.pubsubAddress(), options.projectId(), deliveries);
    events.connect(options.entryPoints(), source, pubsub, entry -> queue(entry, deliveries));
    cloud.storage().add(options.projectId(), events::objectChanged);
    closing.add(() -> cloud.storage().remove(options.projectId()));
    cloud.jobs().add(options.projectId(), variables(cloud, options), options.jobs());
    closing.add(() -> cloud.jobs().remove(options.projectId()));
    databases().forEach(name -> cloud.database().onWritten(name, events::written));
    options.topics().forEach(topic -> events.keep(pubsub, topic));
    cloud.auth().onDeleted(options.projectId(), events::accountDeleted);
    if (options.schedules()) {
      schedules.start(deliveries);
    }
  }

  /// The Realtime Databases that its functions write to.
  private List<String> databases() {
    return platform.realtime().all().stream().map(RealtimeDatabase::name).toList();
  }

  private EventQueue queue(EntryPoint entry, ExecutorService deliveries) {
    var sender = new HttpSender(cloud.http(), functionUri(entry.name()), entry.timeout());
    return new EventQueue(
        entry.name(),
        entry.concurrency(),
        sender,
        options.retry(),
        faults,
        deliveries,
        new Random());
  }

  private URI functionUri(String name) {
    return URI.create(server.baseUrl() + "/_functions/" + name);
  }

  /// The project's id.
  public String projectId() {
    return options.projectId();
  }

  /// The cloud it is in.
  public LocalCloud cloud() {
    return cloud;
  }

  /// What its functions are built from.
  public Platform platform() {
    return platform;
  }

  /// Where its functions are called, such as `http://127.0.0.1:8080`.
  public String baseUrl() {
    return server.baseUrl();
  }

  /// Its functions.
  public List<EntryPoint> entryPoints() {
    return options.entryPoints();
  }

  /// What goes wrong with its events.
  public Faults faults() {
    return faults;
  }

  /// Redis, to be lost and found.
  public LocalRedis redis() {
    return redis;
  }

  /// An ID token for a person, whose account is made where it is missing.
  public String token(String uid, Map<String, Object> claims) {
    return cloud.auth().mint(projectId(), uid, claims);
  }

  /// Returns when no function runs, no event is on its way and no message unread, beside those that
  /// [Faults#hold] keeps. Throws [IllegalStateException] naming what is stuck when that takes
  /// longer than `limit`.
  public void settle(Duration limit) {
    settling.await(limit);
  }

  /// Calls the function of a schedule, as Cloud Scheduler would now, and returns when it is done.
  /// Throws [IllegalStateException] when it fails.
  public void fire(String schedule) {
    schedules.fire(schedule);
  }

  /// The data of all messages of one of [ProjectOptions#topics].
  public List<JsonNode> published(String topic) {
    return events.published(topic);
  }

  /// The events given up, by function.
  public Map<String, List<DeadLetter>> deadLetters() {
    var letters = new java.util.TreeMap<String, List<DeadLetter>>();
    events.queues().stream()
        .filter(queue -> !queue.deadLetters().isEmpty())
        .forEach(queue -> letters.put(queue.function(), queue.deadLetters()));
    return letters;
  }

  /// How each function does, by name.
  public List<FunctionStatus> functions() {
    return options.entryPoints().stream().map(this::status).toList();
  }

  private FunctionStatus status(EntryPoint entry) {
    Invocations.Calls calls = invocations.of(entry.name());
    EventQueue queue = events.queue(entry.name());
    return new FunctionStatus(
        entry.name(),
        entry.module(),
        FunctionStatus.trigger(entry),
        calls.finished(),
        calls.failed(),
        queue == null ? 0 : queue.retries(),
        queue == null ? 0 : queue.size(),
        queue == null ? 0 : queue.deadLetters().size());
  }

  /// Does work whose writes and messages shall run no functions.
  public void withoutEvents(Runnable work) {
    quiet.lock();
    try {
      withoutEventsAlone(work);
    } finally {
      quiet.unlock();
    }
  }

  private void withoutEventsAlone(Runnable work) {
    settle(RESET_LIMIT);
    source.ignore();
    events.mute();
    try {
      work.run();
      settle(RESET_LIMIT);
    } finally {
      source.listen();
      events.unmute();
      manyDocuments = true;
    }
  }

  /// The executions of jobs that were asked for, in order.
  public List<LocalJobs.Execution> jobsAskedFor() {
    return cloud.jobs().asked(projectId());
  }

  /// Empties everything: documents, the Realtime Database, objects, Redis keys, accounts, queues,
  /// faults and counts.
  public void reset() {
    quiet.lock();
    try {
      resetAlone();
    } finally {
      quiet.unlock();
    }
  }

  private void resetAlone() {
    faults.drop();
    events.mute();
    // Each deletion would be posted once for every trigger; but with few of them that is faster.
    boolean quietly = manyDocuments || events.arrivals() > MANY_EVENTS;
    try {
      settle(RESET_LIMIT);
      if (quietly) {
        source.ignore();
      }
      firestore.clear();
      cloud.jobs().reset(projectId());
      databases().forEach(cloud.database()::reset);
      cloud.storage().reset(projectId());
      settle(RESET_LIMIT);
      redis.flush();
      cloud.auth().reset(projectId());
    } finally {
      if (quietly) {
        source.listen();
      }
      events.unmute();
      invocations.clear();
      manyDocuments = false;
    }
  }

  /// Stops the functions; requests in flight finish. The services of the cloud go on.
  @Override
  public void close() {
    closing.close();
  }

  /// The project, as `/_local` sees it.
  private final class Controls implements LocalControls {
    @Override
    public String token(String uid, Map<String, Object> claims) {
      return LocalProject.this.token(uid, claims);
    }

    @Override
    public Instant now() {
      return platform.clock().instant();
    }

    @Override
    public void advance(Duration by) {
      clock.advance(by);
    }

    @Override
    public void fire(String schedule) {
      LocalProject.this.fire(schedule);
    }

    @Override
    public Faults faults() {
      return faults;
    }

    @Override
    public boolean hasFunction(String name) {
      return options.entryPoints().stream().anyMatch(entry -> entry.name().equals(name));
    }

    @Override
    public Object status() {
      return Map.of("functions", functions(), "deadLetters", deadLetters());
    }

    @Override
    public void reset() {
      LocalProject.this.reset();
    }

    @Override
    public void killRedis() {
      redis.kill();
    }

    @Override
    public void restartRedis() {
      redis.restart();
    }
  }
}
