package dev.fireside.emulator.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalJobs;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.Faults;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.shared.Platform;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Manifests;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A project of its own for a test class, with the functions of the class path, a Redis and a clock
/// of its own, on real services:
///
/// ```java
/// @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();
/// ```
///
/// The services start once a JVM, and classes may run beside each other. Call [#resetData] between
/// tests that must not see each other.
public final class FiresideExtension implements BeforeAllCallback, AfterAllCallback {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(FiresideExtension.class);
  private static final Duration SETTLE_LIMIT = Duration.ofMinutes(1);

  private final Map<String, String> variables = new HashMap<>();
  private Set<String> only = Set.of();
  private List<String> topics = List.of();
  private RetryPolicy retry = RetryPolicy.TEST;
  private boolean jobs;
  private int depth;
  private final LocalClock clock = new LocalClock();
  private @Nullable SharedCloud shared;
  private @Nullable LocalProject project;

  private FiresideExtension() {}

  /// All functions of the class path, with default settings.
  public static FiresideExtension create() {
    return new FiresideExtension();
  }

  /// Settings of the functions.
  @CanIgnoreReturnValue
  public FiresideExtension with(Map<String, String> settings) {
    variables.putAll(settings);
    return this;
  }

  /// Only the functions of these names.
  @CanIgnoreReturnValue
  public FiresideExtension entryPoints(String... names) {
    only = Set.of(names);
    return this;
  }

  /// Topics that the functions publish to and functions elsewhere listen to; what is published is
  /// kept for [#published].
  @CanIgnoreReturnValue
  public FiresideExtension topics(String... names) {
    topics = List.of(names);
    return this;
  }

  /// Jobs run when they are asked for; else they are only kept for [#jobsAskedFor].
  @CanIgnoreReturnValue
  public FiresideExtension runningJobs() {
    jobs = true;
    return this;
  }

  /// How failed events are tried again.
  @CanIgnoreReturnValue
  public FiresideExtension retrying(RetryPolicy policy) {
    retry = policy;
    return this;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    depth++;
    if (depth > 1) {
      return;
    }
    var cloud =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .computeIfAbsent("cloud", _ -> new SharedCloud(), SharedCloud.class);
    shared = cloud;
    String id = UUID.randomUUID().toString().substring(0, 8);
    project =
        LocalProject.start(
            cloud.cloud.withOwnRedis(),
            new ProjectOptions(
                "demo-" + id, id + ":", 0, chosen(), topics, variables, retry, false, jobs),
            clock);
  }

  private List<EntryPoint> chosen() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    return Manifests.load(loader).stream()
        .filter(entry -> only.isEmpty() || only.contains(entry.name()))
        .toList();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    depth--;
    if (depth == 0) {
      LocalCloud withRedis = project().cloud();
      project().close();
      withRedis.close();
      project = null;
    }
  }

  /// The project.
  public LocalProject project() {
    if (project == null) {
      throw new IllegalStateException("The project lives from before all tests to after them");
    }
    return project;
  }

  private SharedCloud shared() {
    if (shared == null) {
      throw new IllegalStateException("The cloud starts before all tests");
    }
    return shared;
  }

  /// What the project's functions are built from.
  public Platform platform() {
    return project().platform();
  }

  /// The clock of this project's functions and tokens. Firestore and Redis go by the real time.
  public LocalClock clock() {
    return clock;
  }

  /// Calls functions.
  public TestHttp http() {
    return new TestHttp(shared().http, project());
  }

  /// Returns when all events have been handled, and those that came of them. Those that are held
  /// have come, and wait.
  public void settle() {
    project().settle(SETTLE_LIMIT);
  }

  /// Fires a schedule and returns when its function is done.
  public void fire(String schedule) {
    project().fire(schedule);
  }

  /// What goes wrong with events.
  public Faults faults() {
    return project().faults();
  }

  /// The executions of jobs that functions asked for, in order.
  public List<LocalJobs.Execution> jobsAskedFor() {
    return project().jobsAskedFor();
  }

  /// What was published to one of [#topics], as far as it has come; settle first.
  public List<JsonNode> published(String topic) {
    return project().published(topic);
  }

  /// What functions have asked of the services so far.
  public Counts counts() {
    return Counts.of(platform().meters());
  }

  /// Loses all that is in this project's Redis.
  public void flushRedis() {
    project().redis().flush();
  }

  /// Ends this project's Redis, as a crash would.
  public void killRedis() {
    project().redis().kill();
  }

  /// Starts an empty Redis, and returns when the functions reach it again.
  public void restartRedis() {
    project().redis().restart();
  }

  /// Empties the project: documents, Redis keys, accounts, queues, faults; and sets the clock to
  /// the real time.
  public void resetData() {
    project().reset();
    clock.reset();
  }
}
