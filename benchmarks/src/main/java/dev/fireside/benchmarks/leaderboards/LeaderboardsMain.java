package dev.fireside.benchmarks.leaderboards;

import dev.fireside.benchmarks.load.Measurement;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

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

  /// Who is called, and what that has come to.
  ///
  /// @param pid of the process whose CPU is measured; null for unknown
  /// @param all by operation, over all rounds
  /// @param cpu by operation, what the process used meanwhile
  private record Subject(
      String name,
      List<Operation> operations,
      BiFunction<Operation, Duration, Measurement> calls,
      @Nullable Long pid,
      Map<Operation, Measurement> all,
      Map<Operation, Duration> cpu) {

    /// The CPU time of the process up to now; zero where it is not known.
    private Duration cpuTime() {
      return Optional.ofNullable(pid)
          .flatMap(ProcessHandle::of)
          .flatMap(process -> process.info().totalCpuDuration())
          .orElse(Duration.ZERO);
    }

    /// Calls for a while, and adds to what it has come to.
    private Measurement measure(Operation operation, Duration duration) {
      Duration before = cpuTime();
      Measurement measured = calls.apply(operation, duration);
      cpu.merge(operation, cpuTime().minus(before), Duration::plus);
      all.merge(operation, measured, Measurement::plus);
      return measured;
    }
  }

  private void run() throws IOException {
    URI url = options.url();
    if (url != null) {
      measure(url, Memory.of(options.redis(), options.pid()), options.firestore());
      return;
    }
    try (LocalServer server = LocalServer.start(options)) {
      measure(
          server.url(),
          Memory.of("127.0.0.1:" + server.redisPort(), server.process().pid()),
          server.firestore());
    }
  }

  private void measure(URI url, Memory memory, @Nullable String firestore) throws IOException {
    var subjects = new ArrayList<Subject>();
    subjects.add(subject(target(url, options.nakama()), memory.pid()));
    URI against = options.against();
    if (against != null) {
      subjects.add(subject(target(against, true), null));
    }
    if (firestore == null) {
      measure(subjects);
    } else {
      try (var commits = new BareCommits(firestore, LocalServerMain.PROJECT, options)) {
        subjects.add(
            new Subject(
                BareCommits.label(),
                BareCommits.operations(),
                (_, duration) -> commits.run(duration),
                null,
                new EnumMap<>(Operation.class),
                new EnumMap<>(Operation.class)));
        measure(subjects);
      }
    }
    print(memory);
  }

  private void measure(List<Subject> subjects) {
    List<Operation> operations = options.operations().stream().sorted().toList();
    for (Operation operation : operations) {
      for (Subject subject : able(subjects, operation)) {
        var _ = subject.calls().apply(operation, options.warmup());
      }
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
      for (Operation operation : operations) {
        for (Subject subject : able(subjects, operation)) {
          print(
              subject,
              operation,
              Integer.toString(round),
              subject.measure(operation, options.seconds()));
        }
      }
    }
    for (Subject subject : subjects) {
      subject.all().forEach((operation, measured) -> print(subject, operation, "all", measured));
    }
    subjects.forEach(this::printCpu);
    Subject first = subjects.getFirst();
    List<Subject> others = subjects.subList(1, subjects.size());
    for (Operation operation : operations) {
      able(others, operation).forEach(other -> printRatio(operation, first, other));
    }
  }

  private static List<Subject> able(List<Subject> subjects, Operation operation) {
    return subjects.stream().filter(subject -> subject.operations().contains(operation)).toList();
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

  private Subject subject(Target target, @Nullable Long pid) throws IOException {
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
    var play = new Play(target, players, options.connections());
    play.meetEverybody();
    return new Subject(
        target.name(),
        List.of(Operation.values()),
        play::run,
        pid,
        new EnumMap<>(Operation.class),
        new EnumMap<>(Operation.class));
  }

  private void print(Subject subject, Operation operation, String round, Measurement measured) {
    out.printf(
        Locale.ROOT,
        "%-9s %-7s %5s %10.0f %9.2f %9.2f %9d %8d%n",
        subject.name(),
        operation.label(),
        round,
        measured.perSecond(),
        measured.latencies().millis(0.5),
        measured.latencies().millis(0.99),
        measured.answerBytes(),
        measured.errors());
  }

  /// What a call costs the server, with what it does by itself meanwhile, such as for its event.
  private void printCpu(Subject subject) {
    subject
        .cpu()
        .forEach((operation, cpu) -> {
          long calls = Objects.requireNonNull(subject.all().get(operation)).latencies().count();
          if (calls > 0 && !cpu.isZero()) {
            out.printf(
                Locale.ROOT,
                "%s, %s: %.2f ms of CPU each%n",
                subject.name(),
                operation.label(),
                (double) cpu.toMillis() / calls);
          }
        });
  }

  private void printRatio(Operation operation, Subject subject, Subject other) {
    Measurement one = Objects.requireNonNull(subject.all().get(operation));
    Measurement two = Objects.requireNonNull(other.all().get(operation));
    out.printf(
        Locale.ROOT,
        "%s, %s : %s: %.2f times the requests/s, %.2f times the p99%n",
        operation.label(),
        subject.name(),
        other.name(),
        one.perSecond() / two.perSecond(),
        one.latencies().millis(0.99) / two.latencies().millis(0.99));
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
