package dev.fireside.benchmarks.leaderboards;

import dev.fireside.emulator.CloudOptions;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.play.domain.BoardId;
import dev.fireside.shared.manifest.Manifests;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A local cloud with a filled board, in a process of its own: the load must not run in the heap of
/// what it measures. Ends when its standard input does.
final class LocalServerMain {
  /// Whose documents and functions it has.
  static final String PROJECT = "demo-benchmark";

  /// What the line begins with that says where it is: `READY url redis-port firestore`.
  static final String READY = "READY ";

  private static final Logger ROOT = Logger.getLogger("");

  private LocalServerMain() {}

  /// Starts, fills, says where it is, and waits.
  ///
  /// @param args board, rows, scores, whether with profiles, whether with events, whether to have
  ///   ranks built from Firestore
  public static void main(String[] args) throws Exception {
    // A line for every request would be measured too.
    ROOT.setLevel(Level.WARNING);
    Consumer<String> log = System.err::println;
    var rows = new Rows(new BoardId(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    boolean profiles = Boolean.parseBoolean(args[3]);
    boolean events = Boolean.parseBoolean(args[4]);
    boolean rebuild = Boolean.parseBoolean(args[5]);
    try (LocalCloud cloud = LocalCloud.start(CloudOptions.onFreePorts());
        LocalProject project =
            LocalProject.start(
                cloud,
                new ProjectOptions(
                    PROJECT,
                    "",
                    0,
                    Manifests.load(LocalServerMain.class.getClassLoader()).stream()
                        .filter(entry -> entry.module().equals("leaderboards"))
                        .toList(),
                    List.of(),
                    Map.of(),
                    RetryPolicy.LOCAL,
                    true),
                new LocalClock())) {
      var memory = Memory.of("127.0.0.1:" + cloud.redis().port(), null);
      var fill = new Fill(project.platform(), rows, profiles, log);
      long start = System.nanoTime();
      // A million events would only write to Redis what is written below.
      project.withoutEvents(fill::writeDocuments);
      log.accept(String.format("Firestore: %,d rows in %.1f s", rows.count(), seconds(start)));
      long before = memory.redisBytes().orElse(0);
      start = System.nanoTime();
      fill.buildRanks();
      log.accept(
          String.format(
              "Redis: %,d ranks in %.1f s, %,d bytes each",
              rows.count(),
              seconds(start),
              (memory.redisBytes().orElse(0) - before) / rows.count()));
      if (rebuild) {
        fill.forgetRanks();
      }
      System.out.println(
          READY
              + String.join(
                  " ",
                  String.valueOf(project.baseUrl()),
                  Integer.toString(cloud.redis().port()),
                  cloud.firestoreAddress()));
      if (events) {
        awaitEnd();
      } else {
        project.withoutEvents(LocalServerMain::awaitEnd);
      }
    }
  }

  private static void awaitEnd() {
    try {
      System.in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
