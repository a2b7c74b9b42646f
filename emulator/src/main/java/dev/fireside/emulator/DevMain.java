package dev.fireside.emulator;

import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.emulator.process.Ports;
import dev.fireside.emulator.process.StartUpException;
import dev.fireside.runtime.FunctionException;
import dev.fireside.shared.config.ConfigException;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.ManifestException;
import dev.fireside.shared.manifest.Manifests;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/// `./scripts/dev`: the whole cloud on this machine, until Ctrl-C.
public final class DevMain {
  private static final int USAGE_ERROR = 2;

  /// Variables that the local project decides itself: what a shell has for another one must not
  /// lead its functions astray.
  private static final Set<String> OURS =
      Set.of(
          "FIRESIDE_ENV",
          "GOOGLE_CLOUD_PROJECT",
          "REDIS_URL",
          "REDIS_CLUSTER",
          "REDIS_KEY_PREFIX",
          "FIRESTORE_EMULATOR_HOST",
          "PUBSUB_EMULATOR_HOST",
          "FIREBASE_AUTH_EMULATOR_HOST",
          "FIREBASE_DATABASE_EMULATOR_HOST",
          "FIREBASE_DATABASE_URLS",
          "STORAGE_EMULATOR_HOST",
          "MEDIA_UPLOAD_BUCKET",
          "MEDIA_BUCKET",
          "MEDIA_SIGNING_ACCOUNT",
          "MEDIA_SIGNING_KEY",
          "JOBS_EMULATOR_HOST",
          "CLOUD_RUN_JOB",
          "K_SERVICE");

  private final DevOptions options;
  private final PrintStream out;
  private final Closing closing = new Closing();

  private DevMain(DevOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// Runs until the process is asked to stop, or `--smoke` is done.
  public static void main(String[] args) {
    DevLogs.install();
    System.exit(run(List.of(args), System.out, System.err));
  }

  private static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      DevOptions options = DevOptions.parse(arguments, System.getenv());
      if (options.help()) {
        out.print(DevOptions.USAGE);
        return 0;
      }
      return new DevMain(options, out).run();
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return USAGE_ERROR;
    } catch (StartUpException | ManifestException | FunctionException | ConfigException e) {
      err.println(e.getMessage());
      return 1;
    } catch (Exception e) {
      e.printStackTrace(err);
      return 1;
    }
  }

  private int run() throws Exception {
    long start = System.nanoTime();
    checkPorts();
    List<EntryPoint> entryPoints = Manifests.load(DevMain.class.getClassLoader());
    Runtime.getRuntime().addShutdownHook(new Thread(closing::close, "stop"));
    try {
      LocalCloud cloud = closing.add(LocalCloud.start(options.cloud()));
      LocalProject project = closing.add(start(cloud, entryPoints));
      out.println(new DevTable(cloud, project, Duration.ofNanos(System.nanoTime() - start)));
      return work(project);
    } finally {
      closing.close();
    }
  }

  private void checkPorts() {
    options
        .portsToTake()
        .forEach((flag, port) -> {
          if (port != 0 && !Ports.isFree(port)) {
            throw new IllegalArgumentException(
                "Port "
                    + port
                    + " is taken: stop what listens there, or choose another with "
                    + flag);
          }
        });
  }

  private LocalProject start(LocalCloud cloud, List<EntryPoint> entryPoints) throws IOException {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.keySet().removeAll(OURS);
    return LocalProject.start(
        cloud,
        new ProjectOptions(
            options.project(),
            "",
            options.port(),
            entryPoints,
            List.of(),
            variables,
            RetryPolicy.LOCAL,
            true,
            true),
        new LocalClock());
  }

  /// Runs the tasks that were asked for, then waits for the end, unless there was a smoke test.
  private int work(LocalProject project) throws Exception {
    DevLogs.showRequests(false);
    for (String name : options.tasks()) {
      int status = task(name).run(project, out);
      if (status != 0) {
        return status;
      }
    }
    if (!options.tasks().contains("smoke")) {
      DevLogs.showRequests(true);
      out.println("Stop with Ctrl-C.");
      new CountDownLatch(1).await();
    }
    return 0;
  }

  private static DevTask task(String name) {
    return ServiceLoader.load(DevTask.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(task -> task.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is nothing here for --" + name));
  }
}
