package dev.fireside.benchmarks.coldstart;

import dev.fireside.emulator.CloudOptions;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Manifests;
import dev.fireside.shared.manifest.Trigger;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./benchmarks/cold-start`: the time from the start of a process to its first answer, for every
/// HTTP function of the image and, in turns, for a function of the usual stack on Node.
public final class ColdStartMain {
  private static final String USAGE =
      """
      Usage: ./benchmarks/cold-start [options]

        --pairs N         pairs for each function (10)
        --functions A,B   only these (all HTTP functions of the manifests)
        --help            this
      """;

  /// Of the functions that make the world; kept, since java.util.logging forgets levels otherwise.
  private static final Logger LOGS = Logger.getLogger("");

  private static final int PAIRS = 10;
  private static final String PEER_ROUTE = "/ada";

  /// The image's size in production (`functions.yaml`): Java chooses its heap by it.
  private static final String MEMORY = "-XX:MaxRAM=512m";

  private final Path image;
  private final Path peer;

  private ColdStartMain(Path image, Path peer) {
    this.image = image;
    this.peer = peer;
  }

  /// Measures and prints.
  ///
  /// @param args the directory of the image's layout, that of the peer, then options
  public static void main(String[] args) throws IOException, InterruptedException {
    LOGS.setLevel(Level.SEVERE);
    int pairs = PAIRS;
    List<String> only = List.of();
    for (int i = 2; i < args.length; i++) {
      switch (args[i]) {
        case "--pairs" -> pairs = Integer.parseInt(args[++i]);
        case "--functions" -> only = List.of(args[++i].split(",", -1));
        default -> {
          System.out.print(USAGE);
          System.exit(args[i].equals("--help") ? 0 : 2);
        }
      }
    }
    new ColdStartMain(Path.of(args[0]), Path.of(args[1])).run(pairs, only);
    System.exit(0);
  }

  private void run(int pairs, List<String> only) throws IOException, InterruptedException {
    List<EntryPoint> entryPoints = Manifests.load(ColdStartMain.class.getClassLoader());
    var options =
        new ProjectOptions(
            "demo-fireside", "", 0, entryPoints, List.of(), Map.of(), RetryPolicy.LOCAL, false);
    try (LocalCloud cloud = LocalCloud.start(CloudOptions.onFreePorts());
        LocalProject project = LocalProject.start(cloud, options, new LocalClock())) {
      World world = World.make(project);
      var variables = LocalProject.variables(cloud, options);
      System.out.println(
          "ms from the start of the process to its first answer, min / median / max\n");
      System.out.printf(
          "%-14s %-22s %-22s %-20s %s%n",
          "function", "Fireside", "Node", "ratio", "reads: Firestore, round trips: Redis");
      for (EntryPoint entry : entryPoints) {
        if (entry.trigger() instanceof Trigger.Http
            && (only.isEmpty() || only.contains(entry.name()))) {
          measure(project, world, variables, entry.name(), pairs);
        }
      }
    }
  }

  private void measure(
      LocalProject project, World world, Map<String, String> variables, String function, int pairs)
      throws IOException, InterruptedException {
    String route = world.routes().get(function);
    if (route == null) {
      throw new IllegalStateException("World has no route for " + function);
    }
    Contestant ours = fireside(variables).with("FUNCTION_TARGET", function);
    Contestant theirs = node(variables);
    double[] own = new double[pairs];
    double[] other = new double[pairs];
    double[] ratios = new double[pairs];
    String metrics = "";
    for (int i = 0; i < pairs; i++) {
      World.forget(project.platform().redis());
      Contestant.First first = ours.answer(route, world.token());
      World.forget(project.platform().redis());
      own[i] = first.millis();
      other[i] = theirs.answer(PEER_ROUTE, world.token()).millis();
      ratios[i] = own[i] / other[i];
      metrics = first.metrics();
    }
    System.out.printf(
        Locale.ROOT,
        "%-14s %-22s %-22s %-20s %d, %d%n",
        function,
        Spread.of(own).text(0),
        Spread.of(other).text(0),
        Spread.of(ratios).text(2),
        count(metrics, "firestore_reads_total"),
        count(metrics, "redis_round_trips_total"));
  }

  /// One read and one round trip are those that open the connections.
  private static int count(String metrics, String meter) {
    Matcher line = Pattern.compile(meter + " ([0-9.]+)").matcher(metrics);
    int count = line.find() ? (int) Double.parseDouble(line.group(1)) : 0;
    if (count < 2) {
      throw new IllegalStateException("The answer did not need " + meter + ":\n" + metrics);
    }
    return count;
  }

  private Contestant fireside(Map<String, String> variables) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "@jvm.args",
            "@classpath.args",
            "-XX:AOTCache=app.aot",
            MEMORY,
            "dev.fireside.runtime.Main"));
    return new Contestant(command, image, variables);
  }

  private Contestant node(Map<String, String> variables) {
    return new Contestant(
        List.of(
            "node",
            "node_modules/@google-cloud/functions-framework/build/src/main.js",
            "--target=peer"),
        peer,
        variables);
  }
}
