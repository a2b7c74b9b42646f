package dev.fireside.acceptance.training;

import dev.fireside.acceptance.smoke.Smoke;
import dev.fireside.emulator.CloudOptions;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.emulator.process.StartUpException;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Manifests;
import dev.fireside.shared.manifest.Trigger;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `TrainMain COMMAND…`: starts a process with every function, walks the whole product with it on
/// real stores, every event and schedule included, and ends it in an orderly way.
///
/// Where the stores cannot be had, the process is asked a little without them: that loads most of
/// the clients all the same.
public final class TrainMain {
  private static final String PROJECT = "demo-fireside";

  /// Kept, since java.util.logging forgets levels otherwise.
  private static final Logger LOGS = Logger.getLogger("");

  /// Refuses every connection.
  private static final String NOBODY = "127.0.0.1:1";

  private final List<String> command;
  private final PrintStream out;

  private TrainMain(List<String> command, PrintStream out) {
    this.command = List.copyOf(command);
    this.out = out;
  }

  /// Exits with 0 when the process did what it was asked for.
  public static void main(String[] args) throws IOException, InterruptedException {
    LOGS.setLevel(Level.WARNING);
    System.exit(new TrainMain(List.of(args), System.out).train() ? 0 : 1);
  }

  private boolean train() throws IOException, InterruptedException {
    try (LocalCloud cloud = LocalCloud.start(CloudOptions.onFreePorts())) {
      return withStores(cloud);
    } catch (StartUpException e) {
      out.println(
          "There are no stores to train with, so the cache will hold less of their clients.");
      out.println(e.getMessage());
      return withoutStores();
    }
  }

  private boolean withStores(LocalCloud cloud) throws IOException, InterruptedException {
    List<EntryPoint> entryPoints = Manifests.load(TrainMain.class.getClassLoader());
    var options =
        new ProjectOptions(
            PROJECT,
            "",
            0,
            entryPoints,
            List.of(),
            Map.of(Purchase.SECRET_VARIABLE, Purchase.SECRET),
            RetryPolicy.LOCAL,
            false);
    try (var trained = Trained.start(command, LocalProject.variables(cloud, options));
        LocalProject project =
            LocalProject.servedBy(trained.uri(), cloud, options, new LocalClock())) {
      boolean walked = new Smoke().run(project, out) == 0 && Purchase.make(project, out);
      entryPoints.stream()
          .filter(entry -> entry.trigger() instanceof Trigger.Schedule)
          .forEach(entry -> fire(project, entry.name()));
      return trained.end() && walked;
    }
  }

  private void fire(LocalProject project, String schedule) {
    try {
      project.fire(schedule);
    } catch (IllegalStateException e) {
      out.println("  " + schedule + " has nothing to work with here: " + e.getMessage());
    }
  }

  private boolean withoutStores() throws IOException, InterruptedException {
    var variables = new HashMap<String, String>();
    variables.put("FIRESIDE_ENV", "local");
    variables.put("REDIS_URL", "redis://" + NOBODY);
    variables.put("FIRESTORE_EMULATOR_HOST", NOBODY);
    variables.put("PUBSUB_EMULATOR_HOST", NOBODY);
    variables.put("FIREBASE_AUTH_EMULATOR_HOST", NOBODY);
    try (var trained = Trained.start(command, variables)) {
      for (String path : List.of("/api/users/nobody", "/api/trending", "/api/catalogue")) {
        trained.get(URI.create(path));
      }
      return trained.end();
    }
  }
}
