package dev.fireside.benchmarks.leaderboards;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/// `./benchmarks/leaderboards`: the load.
public final class LeaderboardsMain {
  private static final int USAGE_ERROR = 2;
  private static final double MIB = 1024 * 1024;

  private final Options options;
  private final PrintStream out;

  private LeaderboardsMain(Options options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /// Runs the load; `--help` lists the options.
  public static void main(String[] args) {
    System.exit(run(List.of(args), System.out, System.err));
  }

  private static int run(List<String> arguments, PrintStream out, PrintStream err) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        out.print(Options.USAGE);
        return 0;
      }
      new LeaderboardsMain(options, out).run();
      return 0;
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return USAGE_ERROR;
    } catch (IOException | IllegalStateException e) {
      err.println(e.getMessage());
      return 1;
    }
  }

  /// What one target has come to.
  ///
  /// @param all by operation, over all rounds
  private record Subject(Target target, Load load, Map<Operation, Measurement> all) {}

  private void run() throws IOException {
    URI url = options.url();
    if (url != null) {
      measure(url, Memory.of(options.redis(), options.pid()));
      return;
    }
    try (LocalServer server = LocalServer.start(options)) {
      measure(server.url(), Memory.of("127.0.0.1:" + server.redisPort(), server.process().pid()));
    }
  }

  private void measure(URI url, Memory memory) throws IOException {
    var subjects = new ArrayList<Subject>();
    subjects.add(subject(target(url, options.nakama())));
    URI against = options.against();
    if (against != null) {
      subjects.add(subject(target(against, true)));
    }
    for (Operation operation : options.operations().stream().sorted().toList()) {
      subjects.forEach(subject -> subject.load().run(operation, options.warmup()));
    }
    out.printf(
        Locale.ROOT,
        "%-9s %-7s %5s %10s %9s %9s %9s %8s%n",
        "server",
        "what",
        "round",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "B/answer",
        "errors");
    for (int round = 1; round <= options.rounds(); round++) {
      for (Operation operation : options.operations().stream().sorted().toList()) {
        for (Subject subject : subjects) {
          Measurement measured = subject.load().run(operation, options.seconds());
          print(subject, operation, Integer.toString(round), measured);
          subject.all().merge(operation, measured, Measurement::plus);
        }
      }
    }
    for (Subject subject : subjects) {
      subject.all().forEach((operation, measured) -> print(subject, operation, "all", measured));
    }
    print(memory);
  }

  private Target target(URI url, boolean nakama) throws IOException {
    if (nakama) {
      return new NakamaTarget(url, options.board(), options.scores());
    }
    var target = new FiresideTarget(url, options.board(), options.scores());
    if (options.url() != null) {
      target.openBoard();
    }
    return target;
  }

  private Subject subject(Target target) throws IOException {
    long start = System.nanoTime();
    List<Player> players = target.players(options.players());
    Duration signedIn = Duration.ofNanos(System.nanoTime() - start);
    start = System.nanoTime();
    target.check(players.getFirst());
    Duration ready = Duration.ofNanos(System.nanoTime() - start);
    out.printf(
        Locale.ROOT,
        "%s: %,d players signed in within %.1f s, ranks known within %.1f s%n",
        target.name(),
        players.size(),
        signedIn.toMillis() / 1e3,
        ready.toMillis() / 1e3);
    var load = new Load(target, players, options.connections());
    load.meetEverybody();
    return new Subject(target, load, new LinkedHashMap<>());
  }

  private void print(Subject subject, Operation operation, String round, Measurement measured) {
    out.printf(
        Locale.ROOT,
        "%-9s %-7s %5s %10.0f %9.2f %9.2f %9d %8d%n",
        subject.target().name(),
        operation.label(),
        round,
        measured.perSecond(),
        measured.latencies().millis(0.5),
        measured.latencies().millis(0.99),
        measured.answerBytes(),
        measured.errors());
  }

  private void print(Memory memory) {
    memory
        .residentBytes()
        .forEach((name, bytes) -> out.printf(Locale.ROOT, "%s: %.0f MiB%n", name, bytes / MIB));
    OptionalLong redis = memory.redisBytes();
    if (redis.isPresent()) {
      out.printf(
          Locale.ROOT,
          "Redis used_memory: %.1f MiB, %,d bytes a row%n",
          redis.getAsLong() / MIB,
          redis.getAsLong() / options.rows());
    }
  }
}
